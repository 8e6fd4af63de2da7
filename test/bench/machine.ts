import { closeSync, existsSync, fdatasyncSync, openSync, realpathSync, rmSync, writeSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { delimiter, join } from "node:path";

/** What the figures were measured on. */
export interface Machine {
  platform: string;
  processor: string;
  cores: number;
  memoryGib: number;
  node: string;
  /** How often a second the disk makes 4 KiB durable, one after another: the bound on commits that are not shared. */
  fdatasyncPerSecond: number;
}

/** Looks at the machine; takes a second. */
export function describeMachine(): Machine {
  const [first] = cpus();
  return {
    platform: `${process.platform} ${process.arch}`,
    processor: first?.model ?? "unknown",
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    fdatasyncPerSecond: Math.round(fdatasyncRate(1_000)),
  };
}

function fdatasyncRate(milliseconds: number): number {
  const path = join(tmpdir(), `tallystick-bench-${process.pid}.sync`);
  const file = openSync(path, "wx", 0o600);
  try {
    const page = Buffer.alloc(4096, 1);
    // Written once before, so that the file's length, and with it the file system's journal, is left alone.
    for (let index = 0; index < 256; index++) writeSync(file, page);
    fdatasyncSync(file);
    const begun = performance.now();
    let count = 0;
    while (performance.now() - begun < milliseconds) {
      writeSync(file, page, 0, page.length, (count % 256) * page.length);
      fdatasyncSync(file);
      count += 1;
    }
    return (count * 1000) / (performance.now() - begun);
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
}

/** The Node that a product on this machine would run on, where it is another than the project's own. */
export function machinesNode(): string | undefined {
  const folders = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"));
  const found = folders.map((folder) => join(folder, process.platform === "win32" ? "node.exe" : "node"));
  return found.find((file) => existsSync(file) && realpathSync(file) !== realpathSync(process.execPath));
}
