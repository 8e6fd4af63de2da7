import type { Readable, Writable } from "node:stream";
import type { Environment } from "../config/load-config.ts";

/** What takes a command's texts. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Where a command's finished texts go. */
export const outputOf = ({ output, stdout }: Terminal): Output => output ?? stdout;

/** What a command sees of the process that runs it. */
export interface Terminal {
  env: Environment;
  stdin: Readable;
  stdout: Writable & Output;
  /** Where finished texts go, when that is there sooner than the stream. What is streamed goes to the stream. */
  output?: Output;
  stderr: Writable & { isTTY?: boolean };
  /** What a person types to run a command, such as `tallystick`. */
  name: string;
}

/** 0 done, 1 refused or failed, 2 wrong use: the command line was not understood, or the configuration is wrong. */
export type ExitCode = 0 | 1 | 2;
