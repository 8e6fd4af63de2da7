import {
  ascii,
  type ByteSource,
  readExactly,
  StampError,
  sidecarAdvice,
  type ZipEnd,
} from "@tallystick/sdk/stamp";
import { entryName, visitZipDirectory } from "./zip-directory.ts";

/** Entries of archives whose signature covers the archive as a whole, with the reason for the refusal. */
const signedWholes: ReadonlyMap<string, string> = new Map([
  ["AppxSignature.p7x", "An msix or appx package's signature covers its directory and its end."],
  ["AppxBlockMap.xml", "An msix or appx package is refused by Windows when anything is added to it."],
  [".signature.p7s", "A NuGet package's signature covers the whole package."],
]);

const apkBlockMagic = ascii("APK Sig Block 42");

/**
 * Refuses what would lose its signature. An APK that is signed by scheme v1 alone is a JAR, and may be stamped.
 *
 * @throws StampError `container_unsupported`, and what reading the directory throws.
 */
export async function refuseSignedWholes(source: ByteSource, end: ZipEnd): Promise<void> {
  if (await hasApkBlock(source, end))
    throw unsupported("An APK with a signature of scheme v2 or later is covered by it in whole.");
  await visitZipDirectory(source, end, (entry) => {
    const reason = signedWholes.get(entryName(entry));
    if (reason !== undefined) throw unsupported(reason);
    return false;
  });
}

const unsupported = (reason: string) => new StampError("container_unsupported", `${reason} ${sidecarAdvice}`);

/** The APK Signing Block stands right before the directory and ends in its name. */
async function hasApkBlock(source: ByteSource, { directoryOffset }: ZipEnd): Promise<boolean> {
  if (directoryOffset < apkBlockMagic.length) return false;
  const before = await readExactly(source, directoryOffset - apkBlockMagic.length, apkBlockMagic.length);
  return apkBlockMagic.every((byte, index) => before[index] === byte);
}
