import { homeFolder } from "./built-in.ts";

/** What the SDK reads of the process it runs in; given by hand in tests. */
export interface Surroundings {
  /** As `process.env`. */
  env: Readonly<Record<string, string | undefined>>;
  /** As `process.argv`: the runtime, the program, its arguments. */
  argv: readonly string[];
  /** As `process.execPath`, absolute. */
  execPath: string;
  /** As `process.platform`. */
  platform: string;
  /** The user's home folder; empty when there is none. */
  home: string;
}

/** The surroundings of this process, with what is given in place of its own. */
export function readSurroundings(given: Partial<Surroundings> = {}): Surroundings {
  return {
    env: given.env ?? process.env,
    argv: given.argv ?? process.argv,
    execPath: given.execPath ?? process.execPath,
    platform: given.platform ?? process.platform,
    get home() {
      return given.home ?? homeFolder();
    },
  };
}
