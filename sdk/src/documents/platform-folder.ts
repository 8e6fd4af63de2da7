import { posix, win32 } from "../runtime/built-in.ts";
import type { Surroundings } from "../runtime/surroundings.ts";

/**
 * The folder of the SDK in the platform's own place for what a program keeps for one user:
 * `$XDG_DATA_HOME` (else `~/.local/share`), `~/Library/Application Support`, or `%LOCALAPPDATA%`, then
 * `<product>/tallystick`. Never inside the program's own bundle, which updates replace and signatures seal; `undefined`
 * rather than a place below the current folder, when the user has no home.
 */
export function platformFolder(product: string, surroundings: Surroundings): string | undefined {
  const folder = folderBelow(product, surroundings);
  return (surroundings.platform === "win32" ? win32 : posix).isAbsolute(folder) ? folder : undefined;
}

function folderBelow(product: string, { platform, env, home }: Surroundings): string {
  if (platform === "win32") {
    const local = absoluteOr(win32, env.LOCALAPPDATA, win32.join(home, "AppData", "Local"));
    return win32.join(local, product, "tallystick");
  }
  const user =
    platform === "darwin"
      ? posix.join(home, "Library", "Application Support")
      : absoluteOr(posix, env.XDG_DATA_HOME, posix.join(home, ".local", "share"));
  return posix.join(user, product, "tallystick");
}

/** The XDG base directory specification says that a relative path is to be ignored. */
function absoluteOr(path: typeof posix, given: string | undefined, fallback: string): string {
  return given !== undefined && path.isAbsolute(given) ? given : fallback;
}
