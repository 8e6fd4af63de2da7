#!/usr/bin/env node
// Plain, old JavaScript without a static import: an old Node must get as far as the sentence that says so.
const neededMajor = 26;
const major = Number.parseInt(process.versions.node, 10);

if (major < neededMajor) {
  process.stderr.write(
    `tallystick needs Node.js ${neededMajor} or later, and this is ${process.versions.node}.\n` +
      "Install it from https://nodejs.org, or leave your own as it is and run\n" +
      "  npx --package=node@26 --package=@tallystick/server tallystick\n",
  );
  process.exit(2);
}

const text = writtenHelp(process.argv.slice(2));
if (text === undefined) runProgram();
else print(text);

function runProgram() {
  // A command is over in a tenth of a second, and half of that would be compiling what the last one compiled.
  keepCompiled();

  // Both files are the whole command line; the second is built to start quickly, the first to serve.
  const program = process.argv.includes("serve") ? "cli" : "commands";

  import(`../dist/${program}.js`).catch((error) => {
    const isSourceTree =
      error.code === "ERR_MODULE_NOT_FOUND" && /[\\/]dist[\\/]c\w+\.js/.test(error.message);
    process.stderr.write(
      isSourceTree
        ? "tallystick is not built here: run it with `npm run tallystick -- …`, or build it with `npm run build`.\n"
        : `${error.stack}\n`,
    );
    process.exit(isSourceTree ? 2 : 1);
  });
}

/**
 * The help or the version that is asked for, as the build wrote it down (`write-help.ts`). Undefined where anything else
 * is asked, or where nothing is written: then the program itself answers.
 */
function writtenHelp(args) {
  const words = args.slice(0, -1);
  const asked = args[args.length - 1];
  const isVersion = words.length === 0 && (asked === "--version" || asked === "-V");
  if (!isVersion && asked !== "--help" && asked !== "-h") return undefined;
  if (!words.every((word) => /^[a-z][a-z-]*$/.test(word))) return undefined;
  try {
    const { readFileSync } = process.getBuiltinModule("node:fs");
    const file = new URL(`../dist/help/${words[0] ?? "tallystick"}.json`, import.meta.url);
    const { version, helps } = JSON.parse(readFileSync(file, "utf8"));
    if (isVersion) return version;
    const lines = helps[words.join(" ")];
    return lines && laidOut(lines, terminalWidth());
  } catch {
    return undefined;
  }
}

/** How wide standard output is, or what the program takes where it is no terminal. */
function terminalWidth() {
  const mayBeTerminal = process.getBuiltinModule("node:fs").fstatSync(1).isCharacterDevice();
  return (mayBeTerminal && process.stdout.isTTY ? process.stdout.columns : undefined) ?? 80;
}

/** Breaks the lines of a help: each is a text, or a text and the column from which on it is broken. */
function laidOut(lines, width) {
  return lines.map((line) => (typeof line === "string" ? line : broken(line, width))).join("\n");
}

function broken([text, column], width) {
  const room = width - column;
  // Where there is less room, a terminal's own breaks read better.
  if (room < 40) return text;
  const written = [];
  let line = text.slice(0, column);
  let isEmpty = true;
  for (const word of text.slice(column).split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      written.push(line);
      line = " ".repeat(column) + word;
    } else line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...written, line].join("\n");
}

/** Writes to the descriptor itself where it takes everything at once: Node's stream takes as long to load as all the rest. */
function print(text) {
  let rest = Buffer.from(text);
  try {
    const { writeSync } = process.getBuiltinModule("node:fs");
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch {
    // A reader that closed the pipe (`| head`) has what it wanted.
    process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 1));
    process.stdout.write(rest);
  }
}

/**
 * Keeps compiled code in this account's own folder for such things. Never in the system's folder for temporary files,
 * Node's default, where another account could have laid it ready. Who sets NODE_COMPILE_CACHE has chosen already.
 */
function keepCompiled() {
  const { env, platform } = process;
  const { join, isAbsolute } = process.getBuiltinModule("node:path");
  try {
    const home = process.getBuiltinModule("node:os").homedir();
    const usual = { darwin: join(home, "Library", "Caches"), win32: env.LOCALAPPDATA }[platform];
    const caches = env.XDG_CACHE_HOME || usual || join(home, ".cache");
    const folder = join(caches, "tallystick");
    if (!isAbsolute(folder)) return;
    for (const one of [caches, folder]) makeFolder(one);
    if (isOwn(folder)) process.getBuiltinModule("node:module").enableCompileCache(folder);
  } catch {
    // Without a home, or where nothing can be written, everything is compiled as ever.
  }
}

/** Makes one folder, for this account alone. Node's recursive making never ends where a parent cannot be, as in /proc. */
function makeFolder(folder) {
  try {
    process.getBuiltinModule("node:fs").mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}

/** Whether nobody else can lay code there: under sudo the home may be another account's. */
function isOwn(folder) {
  if (process.platform === "win32") return true;
  const { uid, mode } = process.getBuiltinModule("node:fs").lstatSync(folder);
  return uid === process.getuid() && (mode & 0o022) === 0;
}
