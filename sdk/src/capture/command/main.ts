#!/usr/bin/env node
import { readSurroundings } from "../../runtime/surroundings.ts";
import { captureCommand } from "./capture-command.ts";

// Built for `require` too, where no module can wait at its top.
void captureCommand(process.argv.slice(2), readSurroundings()).then(({ exitCode, out, say }) => {
  if (out !== undefined) process.stdout.write(`${out}\n`);
  if (say !== undefined) process.stderr.write(`${say}\n`);
  process.exitCode = exitCode;
});
