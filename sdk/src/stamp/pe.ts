import { readStampAttribute } from "./authenticode.ts";
import { type ByteSource, readExactly } from "./byte-source.ts";
import type { ContainerReader } from "./container.ts";
import { findPeHeader, readPeCertificates, readPeLayout } from "./pe-layout.ts";
import { bareTrailer, findTrailer } from "./trailer.ts";

/**
 * Windows programs, libraries and installers. Signed ones have their stamp in the first Authenticode signature, in an
 * attribute that no signature covers; others behind their end.
 */
export const peReader: ContainerReader = {
  kind: "pe",
  recognises: async (source, head) => (await findPeHeader(source, head)) !== undefined,
  readStampPlace: async (source) => {
    const { table } = await readPeLayout(source);
    if (table !== undefined) return readPlaceInTable(source, table);
    return (await findTrailer(source, bareTrailer))?.place;
  },
};

async function readPlaceInTable(source: ByteSource, { offset, size }: { offset: number; size: number }) {
  const table = await readExactly(source, offset, size);
  const first = readPeCertificates(table).find(({ isAuthenticode }) => isAuthenticode);
  return first === undefined
    ? undefined
    : readStampAttribute(table.subarray(first.start + 8, first.start + first.length));
}
