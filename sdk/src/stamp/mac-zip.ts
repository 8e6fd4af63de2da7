import { stampHeaderBytes, stampMagic } from "../protocol/stamp-frame.ts";
import { appleDoubleHeaderBytes, decodeAppleDouble } from "./apple-double.ts";
import { type ByteSource, readExactly, viewOf } from "./byte-source.ts";
import { ascii, hasBytesAt } from "./bytes-at.ts";
import type { ContainerReader } from "./container.ts";
import { applicationInstance } from "./dmg-attribute.ts";
import { StampError } from "./stamp-error.ts";
import { stampPlaceBytes } from "./trailer.ts";
import { entryName, nameHolds, visitZipDirectory, type ZipEntry } from "./zip/zip-directory.ts";
import { readZipEnd, type ZipEnd } from "./zip/zip-end.ts";
import { beginsAsZip } from "./zip.ts";

/** An archive with one macOS app in it. */
export interface MacZip {
  end: ZipEnd;
  /** The entry that carries attributes for the app; a byte a letter. */
  attributesName: string;
  /** The stamp's entry, the last one, when there is one. */
  stamp: MacZipStamp | undefined;
}

/** Where the stamp of an app stands: an entry right before the directory, and the directory's last record. */
export interface MacZipStamp {
  entryOffset: number;
  recordOffset: number;
  frame: Uint8Array;
}

/** An entry that carries some app's attributes. */
interface AttributesEntry {
  name: string;
  /** Of its record, in the file. */
  offset: number;
  record: Uint8Array;
}

/** The fixed part of what stands before a stored file. */
const localHeaderBytes = 30;

const appName = /^((?:[^/]+\/)??)([^/]+\.app)\/Contents\//;

/**
 * Finds the app in an archive, and its stamp.
 *
 * @throws StampError `container_malformed`; `container_unsupported` for several apps, or attributes that are not ours.
 */
export async function readMacZip(source: ByteSource): Promise<MacZip> {
  const end = await readZipEnd(source);
  const apps = new Set<string>();
  const attributes: AttributesEntry[] = [];
  let entries = 0;
  // Nearly all entries are the one app's: they are known by their beginning, without their names being read.
  let inside: Uint8Array | undefined;
  await visitZipDirectory(source, end, (entry) => {
    entries++;
    if (inside && hasBytesAt(entry.bytes, inside, entry.nameStart)) return false;
    const app = appOf(entry);
    if (app !== undefined) {
      apps.add(app.attributesName);
      inside = app.inside;
    } else if (hasBytesAt(entry.bytes, attributesFolder, entry.nameStart))
      keepAppsAttributes(entry, attributes);
    return apps.size > 1;
  });
  const [attributesName, another] = apps;
  if (attributesName === undefined || another !== undefined)
    throw new StampError(
      "container_unsupported",
      "The archive holds several apps. Pack the one in question.",
    );
  if (entries !== end.entries)
    throw new StampError("container_malformed", "The archive holds more entries than it says, or fewer.");
  const entry = attributes.find(({ name }) => name === attributesName);
  const stamp = entry && (await readEntry(source, end, entry));
  return { end, attributesName, stamp };
}

const attributesFolder = ascii("__MACOSX/");
const insideApp = ascii(".app/Contents/");

/** The app that an entry is a part of: what all its entries begin with, and the entry for its own attributes. */
function appOf(entry: ZipEntry): { inside: Uint8Array; attributesName: string } | undefined {
  if (!nameHolds(entry, insideApp) || hasBytesAt(entry.bytes, attributesFolder, entry.nameStart))
    return undefined;
  const [inside, folder, app] = appName.exec(entryName(entry)) ?? [];
  return inside === undefined
    ? undefined
    : { inside: ascii(inside), attributesName: `__MACOSX/${folder}._${app}` };
}

/** More apps than one are refused, so more than a few of these are of no interest. */
const maxAttributeEntries = 64;

function keepAppsAttributes(entry: ZipEntry, found: AttributesEntry[]): void {
  const name = entryName(entry);
  if (!/\/\._[^/]+\.app$/.test(name) || found.length === maxAttributeEntries) return;
  found.push({ name, offset: entry.offset, record: entry.bytes.slice(entry.start, entry.end) });
}

async function readEntry(
  source: ByteSource,
  end: ZipEnd,
  { offset, name, record }: AttributesEntry,
): Promise<MacZipStamp> {
  const view = viewOf(record);
  const [packed, size] = [view.getUint32(20, true), view.getUint32(24, true)];
  const entryOffset = end.directoryOffset - localHeaderBytes - name.length - size;
  const isLast =
    offset + record.length === end.directoryOffset + end.directoryBytes &&
    view.getUint32(42, true) + end.prefixBytes === entryOffset;
  const isPlain = view.getUint16(10, true) === 0 && packed === size && record.length === 46 + name.length;
  const most = appleDoubleHeaderBytes(applicationInstance) + stampPlaceBytes;
  if (isLast && isPlain && size >= stampHeaderBytes && size <= most) {
    const bytes = await readExactly(source, end.directoryOffset - size, size);
    const frame = decodeAppleDouble(applicationInstance, bytes);
    if (frame && hasBytesAt(frame, stampMagic)) return { entryOffset, recordOffset: offset, frame };
  }
  throw new StampError(
    "container_unsupported",
    "The app in the archive has extended attributes already. Clear them with `xattr -cr`, and pack it again.",
  );
}

/** Reads the stamp of a macOS app that was packed as a ZIP file: an attribute that unpacking gives to the app. */
export const macZipReader: ContainerReader = {
  kind: "mac-zip",
  recognises: async (source, head) => beginsAsZip(head) && (await holdsApp(source)),
  readStampPlace: async (source) => (await readMacZip(source)).stamp?.frame,
};

async function holdsApp(source: ByteSource): Promise<boolean> {
  let found = false;
  try {
    await visitZipDirectory(source, await readZipEnd(source), (entry) => {
      found = appOf(entry) !== undefined;
      return found;
    });
  } catch (error) {
    // The plain reader, which is asked next, says what is wrong.
    if (!(error instanceof StampError)) throw error;
    return false;
  }
  return found;
}
