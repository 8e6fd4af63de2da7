import { fstatSync, writeSync } from "node:fs";
import { runCommandLine } from "./commands/run-command-line.ts";

const { env, argv } = process;

// npm runs a script in the package's folder; relative paths are meant from where the person stands.
const isNpmScript = env.npm_lifecycle_event === "tallystick";
if (isNpmScript && env.INIT_CWD) process.chdir(env.INIT_CWD);

// A reader that closed the pipe (`| head`) has what it wanted.
const endOf = (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1);

// npx says so by the name of its script.
const isNpx = env.npm_lifecycle_event === "npx";
const name = isNpmScript ? "npm run tallystick --" : isNpx ? "npx tallystick" : "tallystick";
const heard = { stdout: false, stderr: false };
process.exitCode = await runCommandLine(argv.slice(2), {
  env,
  name,
  ...(isTerminal() ? {} : { output: { write: writeAtOnce } }),
  // Made when they are asked for: most commands read nothing and have nothing to say, and a stream takes long to load.
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    if (!heard.stdout) process.stdout.on("error", endOf);
    heard.stdout = true;
    return process.stdout;
  },
  get stderr() {
    if (!heard.stderr) process.stderr.on("error", () => {});
    heard.stderr = true;
    return process.stderr;
  },
});

/** Only a terminal has a width, which the stream knows. */
function isTerminal(): boolean {
  try {
    return fstatSync(1).isCharacterDevice();
  } catch {
    return true;
  }
}

/** Writes to the descriptor itself, and what it does not take at once, with all that comes behind it, to the stream. */
function writeAtOnce(text: string): void {
  if (heard.stdout) {
    process.stdout.write(text);
    return;
  }
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit(0);
    process.stdout.on("error", endOf).write(rest);
    heard.stdout = true;
  }
}
