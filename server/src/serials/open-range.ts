/** Consecutive open numbers, both ends included. */
export interface OpenRange {
  first: number;
  last: number;
}

/** The largest open number: 15 digits, which every engine and language holds exactly. */
export const largestOpen = 999_999_999_999_999;

/** Reads `1000000..1004999`, or a single number; nothing for any other text. */
export function readOpenRange(text: string): OpenRange | undefined {
  const [, from, to = from] = /^([0-9]{1,15})(?:\.\.([0-9]{1,15}))?$/.exec(text.trim()) ?? [];
  if (from === undefined) return undefined;
  const range = { first: Number(from), last: Number(to) };
  return range.first <= range.last ? range : undefined;
}

/** A range as people write it. */
export const rangeText = ({ first, last }: OpenRange): string =>
  first === last ? String(first) : `${first}..${last}`;
