import { isAbsolute, join } from "node:path";
import type { Surroundings } from "../surroundings.ts";

/**
 * The folder of the SDK in the platform's own place for what a program keeps for one user:
 * `$XDG_DATA_HOME` (else `~/.local/share`), `~/Library/Application Support`, or `%LOCALAPPDATA%`, then
 * `<product>/tallystick`. Never inside the program's own bundle, which updates replace and signatures seal.
 */
export function platformFolder(product: string, surroundings: Surroundings): string {
  return join(userFolder(surroundings), product, "tallystick");
}

function userFolder({ platform, env, home }: Surroundings): string {
  if (platform === "win32") return absolute(env.LOCALAPPDATA) ?? join(home, "AppData", "Local");
  if (platform === "darwin") return join(home, "Library", "Application Support");
  return absolute(env.XDG_DATA_HOME) ?? join(home, ".local", "share");
}

/** The XDG base directory specification says that a relative path is to be ignored. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
