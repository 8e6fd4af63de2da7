import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A disk of a few megabytes that only commands within its namespace see, which needs no rights (Linux, util-linux). */
export interface SmallDisk {
  /** Its folder, as commands within see it. */
  readonly folder: string;
  /** The words before a command that is to see it. */
  readonly within: readonly string[];
  /** Runs a command within to its end; returns what it wrote. Throws when it fails. */
  run(command: string, ...args: string[]): string;
}

/** Makes one; it is gone with the test. */
export async function openSmallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-disk-"));
  const mount = `mount -t tmpfs -o size=${megabytes}m none ${folder} && echo mounted && exec sleep infinity`;
  const holder = spawn("unshare", ["--map-root-user", "--mount", "sh", "-c", mount], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void holder.kill("SIGKILL"));
  await Promise.race([
    once(holder.stdout, "data"),
    once(holder, "exit").then(() => {
      throw new Error("no mount namespace could be made: user namespaces must be allowed for these tests");
    }),
  ]);
  const within = ["nsenter", "-t", String(holder.pid), "-U", "-m", "--preserve-credentials"];
  const [nsenter = "", ...words] = within;
  return {
    folder,
    within,
    run: (command, ...args) => execFileSync(nsenter, [...words, command, ...args], { encoding: "utf8" }),
  };
}
