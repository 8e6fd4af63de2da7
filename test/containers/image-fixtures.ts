import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePlaceholder, placeholderName } from "@tallystick/sdk/stamp";
import { makeAuthority, signFile } from "./authority.ts";
import { buildMsi } from "./msi-files.ts";
import { run } from "./tool.ts";

/** Makes the packages: signed without a time, which is short enough for the small sectors, and with one. */
export function makeMsiFixtures(folder: string): void {
  const work = mkdtempSync(join(tmpdir(), "tallystick-fixtures-"));
  const authority = makeAuthority(join(work, "authority"));
  mkdirSync(folder, { recursive: true });
  const msi = buildMsi(work, "paint", 500);
  signFile(authority, msi, join(folder, "signed.msi"));
  signFile(authority, msi, join(folder, "timestamped.msi"), { timestamp: true, more: ["-add-msi-dse"] });
}

/** Makes the images: one with a placeholder and every kind of names, one with neither. */
export function makeIsoFixtures(folder: string): void {
  const tree = mkdtempSync(join(tmpdir(), "tallystick-fixtures-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(tree, "readme.txt"), "Acme Paint\n");
  const make = ["-quiet", "-no-pad", "-o"];
  run("genisoimage", [...make, join(folder, "plain.iso"), tree]);
  writeFileSync(join(tree, placeholderName), encodePlaceholder());
  run("genisoimage", ["-J", "-R", ...make, join(folder, "placeholder.iso"), tree]);
}
