/** What a program of a test has beside its header and one segment of code. */
export interface TinyElf {
  is32?: boolean;
  isBigEndian?: boolean;
  isAppImage?: boolean;
  sections?: readonly { name: string; content: Uint8Array }[];
  /** What stands behind all that the headers name. */
  overlay?: Uint8Array;
}

/** A Linux program that has a right header, a segment, and the given sections; it does nothing. */
export function tinyElf(options: TinyElf = {}): Uint8Array {
  const { is32 = false, isBigEndian = false, overlay = new Uint8Array() } = options;
  const sizes = is32 ? { header: 52, segment: 32, section: 40 } : { header: 64, segment: 56, section: 64 };
  const names = ["", ...(options.sections ?? []).map(({ name }) => name), ".shstrtab"];
  const nameTable = Buffer.from(names.map((name) => `${name}\0`).join(""), "latin1");
  const contents = [new Uint8Array(), ...(options.sections ?? []).map(({ content }) => content), nameTable];
  const headerBytes = sizes.header + sizes.segment;
  const tableOffset = contents.reduce((at, content) => at + content.length, headerBytes);
  const bytes = Buffer.alloc(tableOffset + contents.length * sizes.section);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const half = (at: number, value: number) => view.setUint16(at, value, !isBigEndian);
  const short = (at: number, value: number) => view.setUint32(at, value, !isBigEndian);
  const long = (at: number, value: number) =>
    is32 ? short(at, value) : view.setBigUint64(at, BigInt(value), !isBigEndian);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, is32 ? 1 : 2, isBigEndian ? 2 : 1, 1]);
  if (options.isAppImage) bytes.set([0x41, 0x49, 2], 8);
  half(16, 2);
  long(is32 ? 28 : 32, sizes.header);
  long(is32 ? 32 : 40, tableOffset);
  const counts = [sizes.segment, 1, sizes.section, contents.length, contents.length - 1];
  for (const [index, value] of counts.entries()) half((is32 ? 42 : 54) + 2 * index, value);
  short(sizes.header, 1);
  long(sizes.header + (is32 ? 16 : 32), headerBytes);
  let at = headerBytes;
  for (const [index, content] of contents.entries()) {
    const entry = tableOffset + index * sizes.section;
    short(entry, nameTable.indexOf(`${names[index]}\0`, "latin1"));
    short(entry + 4, index === 0 ? 0 : 1);
    long(entry + (is32 ? 16 : 24), index === 0 ? 0 : at);
    long(entry + (is32 ? 20 : 32), content.length);
    bytes.set(content, at);
    at += content.length;
  }
  return Buffer.concat([bytes, overlay]);
}
