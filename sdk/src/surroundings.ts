import { homedir } from "node:os";

/** What the SDK reads of the process it runs in; given by hand in tests. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  /** As `process.argv`: the runtime, the program, its arguments. */
  argv: readonly string[];
  execPath: string;
  platform: NodeJS.Platform;
  /** The user's home folder. */
  home: string;
}

/** The surroundings of this process, with what is given in place of its own. */
export function readSurroundings(given: Partial<Surroundings> = {}): Surroundings {
  return {
    env: given.env ?? process.env,
    argv: given.argv ?? process.argv,
    execPath: given.execPath ?? process.execPath,
    platform: given.platform ?? process.platform,
    home: given.home ?? homedir(),
  };
}
