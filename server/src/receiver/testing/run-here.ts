import { Readable, Writable } from "node:stream";
import { runCommandLine } from "../commands/run-command-line.ts";
import type { Ended } from "./spawn-command-line.ts";

/**
 * Runs a command line to its end in this process, which stands in the folder meanwhile: one at a time. What a process
 * adds to it (signals, pipes, the entry itself) is tried with real ones.
 */
export async function runHere(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<Ended> {
  const { cwd = process.cwd(), env = {}, input = "" } = options;
  const written = { stdout: "", stderr: "" };
  const sink = (name: keyof typeof written) =>
    new Writable({
      decodeStrings: false,
      write(chunk: string | Uint8Array, _, done) {
        written[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
        done();
      },
    });
  const before = process.cwd();
  process.chdir(cwd);
  try {
    const stdin = Readable.from([Buffer.from(input)]);
    const terminal = { env, stdin, stdout: sink("stdout"), stderr: sink("stderr"), name: "tallystick" };
    return { code: await runCommandLine(args, terminal), ...written };
  } finally {
    process.chdir(before);
  }
}
