import { type ByteSource, readExactly, StampError, viewOf } from "@tallystick/sdk/stamp";

/** A section's content in the file. */
export interface ElfSection {
  name: string;
  offset: number;
  size: number;
}

/** What of a Linux program matters to a stamp (the System V ABI's generic part, chapters 4 and 5). */
export interface ElfLayout {
  isAppImage: boolean;
  sections: readonly ElfSection[];
  /** Where all that its headers name has ended; what follows is the program's own affair. */
  end: number;
}

/** The offsets that differ between programs of 32 and 64 bits. */
interface Shape {
  headerBytes: number;
  wordBytes: 4 | 8;
  /** In the file's header: the tables' offsets, and their entries' sizes and counts. */
  segments: { at: number; countAt: number; entryBytes: number; offsetAt: number; sizeAt: number };
  sections: { at: number; countAt: number; entryBytes: number; offsetAt: number; sizeAt: number };
  nameIndexAt: number;
}

const shape32: Shape = {
  headerBytes: 52,
  wordBytes: 4,
  segments: { at: 28, countAt: 44, entryBytes: 32, offsetAt: 4, sizeAt: 16 },
  sections: { at: 32, countAt: 48, entryBytes: 40, offsetAt: 16, sizeAt: 20 },
  nameIndexAt: 50,
};

const shape64: Shape = {
  headerBytes: 64,
  wordBytes: 8,
  segments: { at: 32, countAt: 56, entryBytes: 56, offsetAt: 8, sizeAt: 32 },
  sections: { at: 40, countAt: 60, entryBytes: 64, offsetAt: 24, sizeAt: 32 },
  nameIndexAt: 62,
};

/** A section that takes no room in the file. */
const noBits = 8;
const maxNameTableBytes = 1024 * 1024;

/**
 * Reads the two tables of a program. A program without section headers has only segments.
 *
 * @throws StampError `container_malformed`.
 */
export async function readElfLayout(source: ByteSource): Promise<ElfLayout> {
  const head = await readExactly(source, 0, Math.min(source.size, 64));
  const [elfClass, order] = head.subarray(4, 6);
  const shape = elfClass === 1 ? shape32 : shape64;
  if ((elfClass !== 1 && elfClass !== 2) || (order !== 1 && order !== 2) || head.length < shape.headerBytes)
    throw new StampError("container_malformed", "The program's header is damaged.");
  const words = wordsOf(shape, order === 1);
  const segments = await readTable(source, head, shape.segments, words);
  const raw = await readTable(source, head, shape.sections, words);
  const present = raw.filter(({ view }) => words.short(view, 4) !== noBits);
  const sections = await nameSections(source, raw, words.half(viewOf(head), shape.nameIndexAt), words);
  const ends = [...segments, ...present].map(({ offset, size }) => offset + size);
  const tables = [tableEnd(head, shape.segments, words), tableEnd(head, shape.sections, words)];
  const end = [...ends, ...tables].reduce((one, other) => Math.max(one, other), shape.headerBytes);
  if (end > source.size) throw new StampError("container_malformed", "The program was cut off.");
  const isAppImage = head[8] === 0x41 && head[9] === 0x49 && (head[10] === 1 || head[10] === 2);
  return { isAppImage, sections, end };
}

type Words = ReturnType<typeof wordsOf>;

function wordsOf({ wordBytes }: Shape, isLittle: boolean) {
  return {
    half: (view: DataView, at: number) => view.getUint16(at, isLittle),
    short: (view: DataView, at: number) => view.getUint32(at, isLittle),
    long: (view: DataView, at: number) =>
      wordBytes === 4 ? view.getUint32(at, isLittle) : Number(view.getBigUint64(at, isLittle)),
  };
}

interface TableEntry {
  view: DataView;
  offset: number;
  size: number;
}

/** At most 65,535 entries of 64 bytes, since their count has 16 bits. */
async function readTable(
  source: ByteSource,
  head: Uint8Array,
  { at, countAt, entryBytes, offsetAt, sizeAt }: Shape["sections"],
  words: Words,
): Promise<TableEntry[]> {
  const header = viewOf(head);
  const [start, count] = [words.long(header, at), words.half(header, countAt)];
  if (start === 0 || count === 0) return [];
  if (words.half(header, countAt - 2) !== entryBytes)
    throw new StampError("container_malformed", "The program's tables have entries of an odd size.");
  const table = viewOf(await readExactly(source, start, count * entryBytes));
  return Array.from({ length: count }, (_, index) => {
    const view = new DataView(table.buffer, table.byteOffset + index * entryBytes, entryBytes);
    return { view, offset: words.long(view, offsetAt), size: words.long(view, sizeAt) };
  });
}

function tableEnd(head: Uint8Array, { at, countAt, entryBytes }: Shape["sections"], words: Words): number {
  const header = viewOf(head);
  return words.long(header, at) + words.half(header, countAt) * entryBytes;
}

async function nameSections(
  source: ByteSource,
  entries: readonly TableEntry[],
  nameIndex: number,
  words: Words,
): Promise<ElfSection[]> {
  const table = entries[nameIndex];
  if (table === undefined) return [];
  if (table.size > maxNameTableBytes)
    throw new StampError("container_malformed", "The program's table of names is larger than 1 MB.");
  const names = new TextDecoder("latin1").decode(await readExactly(source, table.offset, table.size));
  return entries.map(({ view, offset, size }) => {
    const start = words.short(view, 0);
    // No section that matters has a longer name.
    const name = names.slice(start, start + 64).replace(/\0.*$/s, "");
    return { name, offset, size };
  });
}
