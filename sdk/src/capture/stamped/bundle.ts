import { requireBuiltIn } from "../../runtime/built-in.ts";
import { applicationInstance } from "../../stamp/dmg-attribute.ts";
import type { CarrierContext, CarrierFinding } from "../carrier.ts";
import { placeholderFinding } from "./placeholder.ts";

/** Asks for the value of a file's extended attribute, as hexadecimal digits; throws when there is none. */
export type ReadAttribute = (path: string, name: string) => string;

/**
 * The attribute of the macOS bundle that the program runs from, which travels in a disk image or a zip and is lost by
 * some updaters. Node cannot read extended attributes: macOS' own tool does, and may take no longer than a second.
 */
export function* bundleFindings(
  { platform, execPath }: CarrierContext,
  readAttribute: ReadAttribute = askXattr,
): Generator<CarrierFinding> {
  const bundle = /^(.*\.app)\/Contents\/MacOS\/[^/]+$/s.exec(execPath)?.[1];
  if (platform !== "darwin" || bundle === undefined) return;
  const where = `${bundle} (${applicationInstance})`;
  const value = attributeBytes(bundle, readAttribute);
  yield value === undefined ? { where, code: "absent" } : placeholderFinding(where, value);
}

function attributeBytes(bundle: string, readAttribute: ReadAttribute): Uint8Array | undefined {
  try {
    return Buffer.from(readAttribute(bundle, applicationInstance).replace(/\s/g, ""), "hex");
  } catch {
    return undefined;
  }
}

const askXattr: ReadAttribute = (path, name) => {
  const { execFileSync } = requireBuiltIn("node:child_process") as typeof import("node:child_process");
  return execFileSync("/usr/bin/xattr", ["-px", name, path], {
    encoding: "latin1",
    timeout: 1000,
    maxBuffer: 65_536,
    stdio: ["ignore", "pipe", "ignore"],
  });
};
