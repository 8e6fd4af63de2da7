"use strict";

// What `require("@tallystick/server")` loads. Plain, old JavaScript: an old Node must get as far as the sentence that
// says so, rather than fail over something that it lacks.
const neededMajor = 26;
const major = Number.parseInt(process.versions.node, 10);

if (major < neededMajor)
  throw new Error(
    `@tallystick/server needs Node.js ${neededMajor} or later, and this is ${process.versions.node}. ` +
      "Install it from https://nodejs.org, or leave your own as it is and run your program by `npx node@26`.",
  );

module.exports = require("../dist/index.cjs");
