import {
  ascii,
  type ByteSource,
  beginsAsZip,
  hasBytesAt,
  readExactly,
  readZipEnd,
  StampError,
  type ZipEnd,
} from "@tallystick/sdk/stamp";
import { entryName, nameHolds, visitZipDirectory, type ZipEntry } from "./zip-directory.ts";

/**
 * Finds the one macOS app in an archive that has no stamp for it yet. All names of the archive are read: reading a
 * stamp does without.
 *
 * @returns the name of the entry that carries attributes for the app; a byte a letter.
 * @throws StampError `container_malformed`; `container_unsupported` for several apps, or one that has attributes.
 */
export async function findMacApp(source: ByteSource, end: ZipEnd): Promise<string> {
  const apps = new Set<string>();
  const attributes: string[] = [];
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
  if (attributes.includes(attributesName))
    throw new StampError(
      "container_unsupported",
      "The app in the archive has extended attributes already. Clear them with `xattr -cr`, and pack it again.",
    );
  return attributesName;
}

const appName = /^((?:[^/]+\/)??)([^/]+\.app)\/Contents\//;
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

function keepAppsAttributes(entry: ZipEntry, found: string[]): void {
  const name = entryName(entry);
  if (/\/\._[^/]+\.app$/.test(name) && found.length < maxAttributeEntries) found.push(name);
}

/** Whether a file is an archive with an app in it, which is stamped as one. */
export async function holdsMacApp(source: ByteSource): Promise<boolean> {
  if (!beginsAsZip(await readExactly(source, 0, Math.min(4, source.size)))) return false;
  let found = false;
  try {
    await visitZipDirectory(source, await readZipEnd(source), (entry) => {
      found = appOf(entry) !== undefined;
      return found;
    });
  } catch (error) {
    // Stamping it as a plain archive says what is wrong.
    if (!(error instanceof StampError)) throw error;
    return false;
  }
  return found;
}
