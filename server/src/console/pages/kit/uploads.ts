import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Refusal } from "../../../words/refusal.ts";
import type { Desk } from "./desk.ts";

/**
 * Puts files that were sent into a folder of their own, readable for the receiver alone, for verbs that read files by
 * their paths. The folder goes when the work has ended.
 */
export async function withFiles<T>(
  files: readonly File[],
  work: (paths: string[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-"));
  try {
    const paths: string[] = [];
    for (const [at, file] of files.entries()) {
      // What a browser calls a file is told in reports; it may lead nowhere else.
      const name = basename(file.name.replaceAll("\\", "/"))
        .replace(/[^\w. -]/g, "_")
        .slice(-80);
      const path = join(folder, `${at}-${name || "file"}`);
      await writeFile(path, new Uint8Array(await file.arrayBuffer()), { mode: 0o600 });
      paths.push(path);
    }
    return await work(paths);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file that was sent with the form. @throws {Refusal} `request_invalid` where there is none */
export function sentFile({ c }: Desk, name: string): File {
  const file = c.get("files")?.get(name);
  if (file === undefined || file.size === 0)
    throw new Refusal("request_invalid", "Choose a file.", { field: "file" });
  return file;
}
