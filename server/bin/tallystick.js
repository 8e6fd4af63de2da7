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

// A command is over in a tenth of a second, and half of that would be compiling what the last one compiled.
keepCompiled();

// Both files are the whole command line; the second is built to start quickly, the first to serve.
const program = process.argv.includes("serve") ? "cli" : "commands";

import(`../dist/${program}.js`).catch((error) => {
  const isSourceTree = error.code === "ERR_MODULE_NOT_FOUND" && /[\\/]dist[\\/]c\w+\.js/.test(error.message);
  process.stderr.write(
    isSourceTree
      ? "tallystick is not built here: run it with `npm run tallystick -- …`, or build it with `npm run build`.\n"
      : `${error.stack}\n`,
  );
  process.exit(isSourceTree ? 2 : 1);
});

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
