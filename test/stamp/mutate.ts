import type { Random } from "../faults/random.ts";

/** Bytes that have been changed in one to three ways, near the ends more often than in the middle. */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let mutant: Uint8Array = Uint8Array.from(bytes);
  for (let times = random.between(1, 3); times > 0; times--)
    mutant = random.pick(mutations)(mutant, random, other);
  return mutant;
}

type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

/** Structures stand at the ends, and their numbers at places that are even. */
function placeIn(bytes: Uint8Array, random: Random): number {
  const last = Math.max(0, bytes.length - 1);
  const near = Math.min(last, random.pick([64, 512, 5000]));
  const places = [random.between(0, near), last - random.between(0, near), random.between(0, last)];
  return random.pick(places);
}

const flipBits: Mutation = (bytes, random) => {
  for (let times = random.between(1, 8); times > 0 && bytes.length > 0; times--) {
    const at = placeIn(bytes, random);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.between(0, 7));
  }
  return bytes;
};

const putNumber: Mutation = (bytes, random) => {
  const width = random.pick([1, 2, 4, 8] as const);
  const at = placeIn(bytes, random);
  if (at + width > bytes.length) return bytes;
  const limits = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff];
  const value = random.pick([...limits, bytes.length, bytes.length - at, at, random.between(0, 0xffff_ffff)]);
  const number = BigInt.asUintN(8 * width, BigInt(value) * (width === 8 && random.next() < 0.3 ? -1n : 1n));
  const isLittle = random.next() < 0.5;
  for (let index = 0; index < width; index++)
    bytes[at + (isLittle ? index : width - 1 - index)] = Number((number >> BigInt(8 * index)) & 0xffn);
  return bytes;
};

const rangeOf = (bytes: Uint8Array, random: Random) => {
  const start = placeIn(bytes, random);
  return { start, end: Math.min(bytes.length, start + random.pick([1, 2, 4, 20, 60, 512, 4114])) };
};

const cutOff: Mutation = (bytes, random) => bytes.slice(0, placeIn(bytes, random));

const takeOut: Mutation = (bytes, random) => {
  const { start, end } = rangeOf(bytes, random);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
};

const repeat: Mutation = (bytes, random) => {
  const { start, end } = rangeOf(bytes, random);
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
};

const fill: Mutation = (bytes, random) => {
  const { start, end } = rangeOf(bytes, random);
  return bytes.fill(random.pick([0, 0xff, 0x41]), start, end);
};

const splice: Mutation = (bytes, random, other) => {
  const { start, end } = rangeOf(other, random);
  const at = placeIn(bytes, random);
  bytes.set(other.subarray(start, end).subarray(0, bytes.length - at), at);
  return bytes;
};

const append: Mutation = (bytes, random, other) => {
  const { start, end } = rangeOf(other, random);
  return Buffer.concat([bytes, other.subarray(start, end)]);
};

const mutations = [
  flipBits,
  flipBits,
  putNumber,
  putNumber,
  putNumber,
  cutOff,
  takeOut,
  repeat,
  fill,
  splice,
  append,
];
