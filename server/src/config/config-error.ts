/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
  /** Where it stands: `products[0].checkout.url`, the name of an environment variable, or the file itself. */
  path: string;
  /** What was expected there. Never quotes a secret. */
  message: string;
}

/** The configuration cannot be used. Carries every problem that was found, not the first alone. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** At least one, in the order of the file. */
  readonly problems: readonly ConfigProblem[];
  /** The configuration's file, where it is known. */
  readonly file: string | undefined;

  constructor(problems: readonly ConfigProblem[], file?: string) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
    this.problems = problems;
    this.file = file;
  }
}
