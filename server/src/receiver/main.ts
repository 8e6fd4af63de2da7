import { runCommandLine } from "./run-command-line.ts";

const { env, argv, stdout } = process;

// npm runs a script in the package's folder; relative paths are meant from where the person stands.
const isNpmScript = env.npm_lifecycle_event === "tallystick";
if (isNpmScript && env.INIT_CWD) process.chdir(env.INIT_CWD);

// A reader that closed the pipe (`| head`) has what it wanted.
stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

// npx says so by the name of its script.
const isNpx = env.npm_lifecycle_event === "npx";
const name = isNpmScript ? "npm run tallystick --" : isNpx ? "npx tallystick" : "tallystick";
let heard = false;
process.exitCode = await runCommandLine(argv.slice(2), {
  env,
  stdout,
  name,
  // Made when they are asked for: most commands read nothing and have nothing to say.
  get stdin() {
    return process.stdin;
  },
  get stderr() {
    if (!heard) process.stderr.on("error", () => {});
    heard = true;
    return process.stderr;
  },
});
