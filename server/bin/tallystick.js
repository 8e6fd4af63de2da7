#!/usr/bin/env node
// Plain, old JavaScript without a static import: an old Node must get as far as the sentence that says so.
const neededMajor = 26;
const major = Number.parseInt(process.versions.node, 10);

if (major < neededMajor) {
  process.stderr.write(
    `tallystick needs Node.js ${neededMajor} or later, and this is ${process.versions.node}.\n` +
      "Install it from https://nodejs.org, or beside your own with `npm install --global node@26`.\n",
  );
  process.exit(2);
}

import("../dist/cli.js").catch((error) => {
  const isSourceTree = error.code === "ERR_MODULE_NOT_FOUND" && /[\\/]dist[\\/]cli\.js/.test(error.message);
  process.stderr.write(
    isSourceTree
      ? "tallystick is not built here: run it with `npm run tallystick -- …`, or build it with `npm run build`.\n"
      : `${error.stack}\n`,
  );
  process.exit(isSourceTree ? 2 : 1);
});
