import {
  type ByteSource,
  bareTrailer,
  endsAsZip,
  findTrailer,
  missingZipBytes,
  readExactly,
  StampError,
  sidecarAdvice,
} from "@tallystick/sdk/stamp";
import { type ElfLayout, readElfLayout } from "./elf-layout.ts";
import { planTrailer, planTrailerRemoval } from "./plan-trailer.ts";
import type { ContainerWriter } from "./stamp-plan.ts";
import { zipWriter } from "./zip.ts";

/**
 * Stamps a Linux program behind its end. One that has a ZIP archive there is stamped in the archive's comment, which
 * ends where the file ends: the place is the same.
 */
export const elfWriter: ContainerWriter = {
  kind: "elf",
  planStamp: async (source, payload) => {
    if (await endsAsZip(source)) return zipWriter.planStamp(source, payload);
    const layout = await readElfLayout(source);
    await refuseAppImageSignature(source, layout);
    const plan = await planTrailer(source, bareTrailer, payload, () => refuseKnownEnds(source));
    return { ...plan, notes: await notesOf(source, layout) };
  },
  planRemoval: async (source) =>
    (await endsAsZip(source)) ? zipWriter.planRemoval(source) : planTrailerRemoval(source, bareTrailer),
};

/** An AppImage's own signature is over every byte of the file but its two sections. */
async function refuseAppImageSignature(source: ByteSource, { sections }: ElfLayout): Promise<void> {
  const section = sections.find(({ name }) => name === ".sha256_sig");
  if (section === undefined || section.size === 0) return;
  const [first] = await readExactly(source, section.offset, 1);
  if (first !== 0)
    throw unsupported("This AppImage carries a signature over the whole file. Build it without one.");
}

/** Programs that look for what they carry by counting from the file's end, by what stands there. */
const knownEnds: readonly (readonly [string, string])[] = [
  ["\n---- Bun! ----\n", "A program made by Bun reads its code from the file's end."],
  ["d3n0l4nd", "A program made by Deno reads its code from the file's end."],
  ["<nexe~~sentinel>", "A program made by nexe reads its code from the file's end."],
  ["GDPC", "A game made by Godot reads its content from the file's end; export it as a file of its own."],
  ["%%glue:L", "A program made by srlua reads its code from the file's end."],
  ["~Module signature appended~\n", "A kernel module's signature stands at the file's end."],
];

async function refuseKnownEnds(source: ByteSource): Promise<void> {
  if (((await missingZipBytes(source)) ?? 0) > 0)
    throw new StampError("container_malformed", "The archive behind the program was cut off.");
  const length = Math.min(source.size, 64);
  const tail = new TextDecoder("latin1").decode(await readExactly(source, source.size - length, length));
  const known = knownEnds.find(([mark]) => tail.includes(mark));
  if (known) throw unsupported(known[1]);
}

const unsupported = (reason: string) => new StampError("container_unsupported", `${reason} ${sidecarAdvice}`);

async function notesOf(source: ByteSource, { isAppImage, sections, end }: ElfLayout): Promise<string[]> {
  if (!isAppImage) {
    const originalSize = (await findTrailer(source, bareTrailer))?.start ?? source.size;
    return originalSize > end ? [carriesNote] : [];
  }
  const update = sections.find(({ name }) => name === ".upd_info");
  if (update === undefined || update.size === 0) return [];
  const [first] = await readExactly(source, update.offset, 1);
  return first === 0 ? [] : [updateNote];
}

const carriesNote =
  "This program carries something behind its end. Start the stamped copy once, to see that it still finds it.";
const updateNote =
  "This AppImage updates itself by zsync, and the update brings no stamp: the product keeps the token of its first run.";
