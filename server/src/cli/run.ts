import type { Config } from "../config/config.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

/** What a command works with: where its result goes, and how it gets at the receiver's database. */
export interface CommandLine<Deps, LookingDeps = Deps> {
  readonly terminal: Terminal;
  /** True when standard output gets one JSON document and nothing else. */
  readonly json: boolean;
  /**
   * Prints the result: as JSON, as text for a person, or with `--tsv` as its rows, which are named where they stand within a
   * result that is no list. Nothing but results goes to standard output.
   */
  print(result: unknown, text: () => string, rows?: readonly object[]): void;
  /** Says a sentence beside the result, on standard error. */
  say(sentence: string): void;
  /** Ends the command with this code, unless it fails. */
  exitWith(code: ExitCode): void;
  /** Says what the command is about, for the audit: the id of something new. */
  nameSubject(subject: string): void;
  /** Reads the configuration that `--config` or the environment names. */
  loadConfig(file?: string): Promise<Config>;
  /** The same, or nothing when none was named and none stands in this folder. */
  findConfig(): Promise<Config | undefined>;
  /** Opens the database and the keys, runs the work and closes them. */
  withDeps<T>(work: (deps: Deps) => Promise<T>, config?: Config): Promise<T>;
  /** The same for a command that only looks: it is given less, and that is there sooner. */
  looking<T>(work: (deps: LookingDeps) => Promise<T>, config?: Config): Promise<T>;
}

/** Turns a command's work into an action for commander, which passes arguments, options and the command. */
export type Run<Deps, LookingDeps = Deps> = <Args extends unknown[]>(
  work: (cli: CommandLine<Deps, LookingDeps>, ...args: Args) => Promise<void>,
) => (...args: unknown[]) => Promise<void>;
