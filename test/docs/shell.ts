import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

/** The repository's folder, in which guides begin. */
export const root = join(import.meta.dirname, "../..");

/** A port on loopback that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Runs a text in bash as a person types it; `output` is what both streams said, in the order in which it came. */
export function runShell(text: string, cwd = root): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    // Job control, as in a person's shell; a group of its own, so that nothing stays behind.
    const child = spawn("bash", ["-c", text], { cwd, detached: true });
    const pieces: string[] = [];
    child.stdout.on("data", (piece) => pieces.push(String(piece)));
    child.stderr.on("data", (piece) => pieces.push(String(piece)));
    child.once("close", (code) => resolve({ code, output: pieces.join("") }));
  });
}
