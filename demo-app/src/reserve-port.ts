import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A port on 127.0.0.1 that no other demo on this machine takes until it is released. */
export interface ReservedPort {
  readonly port: number;
  release(): void;
}

/**
 * Reserves a port that nobody listens on: the preferred one, or any. It is closed when this returns, so that another process
 * can listen on it; a file says to other demos whose it is. A file of a process that is gone counts for nothing.
 */
export async function reservePort(preferred: number): Promise<ReservedPort> {
  for (const wanted of [preferred, 0, 0, 0]) {
    const port = await portIfFree(wanted);
    const file = join(tmpdir(), `tallystick-demo-${port}.port`);
    if (port === undefined || !takeFile(file)) continue;
    // Whoever had the file before this may have begun to listen meanwhile.
    if ((await portIfFree(port)) !== undefined) return { port, release: () => rmSync(file, { force: true }) };
    rmSync(file, { force: true });
  }
  throw new Error("there is no free port on 127.0.0.1: end another program that listens there");
}

/** Takes the file that reserves a port; false when it is another living process's. */
function takeFile(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || isAlive(ownerOf(file))) return false;
    rmSync(file, { force: true });
    return takeFile(file);
  }
}

function ownerOf(file: string): number {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function portIfFree(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const found = typeof address === "object" && address !== null ? address.port : undefined;
      server.close(() => resolve(found));
    });
  });
}
