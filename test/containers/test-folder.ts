import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder of its own for the tests of one file, gone when they have ended. */
export function testFolder(name: string): { folder: string; at: (file: string) => string } {
  const folder = mkdtempSync(join(tmpdir(), `tallystick-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, at: (file) => join(folder, file) };
}
