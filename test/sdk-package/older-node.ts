import { execFileSync } from "node:child_process";
import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The oldest Node the published SDK supports. */
const oldestMajor = 20;

/**
 * The machine's own Node: the one that runs npm or the first on the PATH, whichever is not the project's pinned
 * one. A test that cannot have it fails and says what is missing.
 */
export function findMachineNode(): string {
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "node"));
  const candidates = [process.env.npm_node_execpath, ...onPath].filter((path) => path !== undefined);
  const path = candidates.find((candidate) => isProgram(candidate) && !isPinned(candidate));
  if (path === undefined) {
    throw new Error(
      "This machine has no Node of its own: neither npm nor the PATH names one outside the project.",
    );
  }
  const version = execFileSync(path, ["--version"], { encoding: "utf8" }).trim();
  const major = Number(/^v(\d+)/.exec(version)?.[1]);
  if (!(major >= oldestMajor)) {
    throw new Error(
      `The machine's own Node, ${path}, is ${version}; the SDK is tested on ${oldestMajor} and later.`,
    );
  }
  return path;
}

/** The project's Node lies in its node_modules, under one of several names. */
function isPinned(path: string): boolean {
  return realpathSync(path) === realpathSync(process.execPath);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
