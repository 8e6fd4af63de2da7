import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, type Font } from "fontkit";

/** A face of a font: its file, opened when a character is asked for that no earlier one has. */
export interface Face {
  /** Under which it is known in a document. */
  name: string;
  data: Buffer;
  font: Font;
}

const opened = new Map<string, Promise<Face>>();

/** Opens a face; once for the whole program. */
export function openFace(file: string): Promise<Face> {
  const known = opened.get(file) ?? readFace(file);
  opened.set(file, known);
  return known;
}

async function readFace(file: string): Promise<Face> {
  const data = await readFile(pathOf(file));
  return { name: file, data, font: create(data) as Font };
}

/** Copied beside the program when it is built, taken from its package in the source tree. */
function pathOf(file: string): string {
  const copied = join(fileURLToPath(new URL("fonts/", import.meta.url)), file.split("/").at(-1) ?? "");
  return existsSync(copied) ? copied : createRequire(import.meta.url).resolve(file);
}
