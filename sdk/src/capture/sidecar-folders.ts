import { basename, dirname, fs, join, win32 } from "../runtime/built-in.ts";
import type { CarrierContext } from "./carrier.ts";

/** Runtimes that run somebody else's program: what lies beside them says nothing about it. */
const runtimes = /^(node|nodejs|bun|deno|electron)(\.exe)?$/i;

/** Whether an executable only runs somebody else's program. */
export const isRuntime = (execPath: string): boolean => runtimes.test(basename(execPath));

/**
 * The folders beside the program, in order: where its single-file package lies (AppImage, portable build), of
 * its executable or its script, and for a macOS bundle its resources and the folder the bundle lies in.
 */
export function programFolders({ env, argv, execPath }: CarrierContext): string[] {
  const packaged = [env.APPIMAGE, env.PORTABLE_EXECUTABLE_FILE].filter(
    (path) => path !== undefined && path !== "",
  );
  const script = argv[1];
  const program = isRuntime(execPath) ? script : execPath;
  const paths = [...packaged, program].filter((path): path is string => path !== undefined);
  const folders = paths.flatMap((path) => [dirname(path), dirname(realPath(path))]);
  return [...new Set(folders.flatMap((folder) => [folder, ...bundleFolders(folder)]))];
}

/** Where Linux and macOS mount what was put in: a disc, a stick, a disk image. Some name the user first. */
const mountPoints = [
  /^\/media(\/[^/]+){2}(?=\/)/,
  /^\/(media|mnt|Volumes)\/[^/]+(?=\/)/,
  /^\/run\/media(\/[^/]+){2}(?=\/)/,
];

/** The root of the medium that the program runs from; none on the system's own disk, where others may write. */
export function mediaRoots(context: CarrierContext): string[] {
  return [...new Set(programFolders(context).flatMap((folder) => mediaRoot(folder, context)))];
}

function mediaRoot(folder: string, { platform, env }: CarrierContext): string[] {
  if (platform !== "win32") return mountPoints.flatMap((point) => point.exec(`${folder}/`)?.[0] ?? []);
  const { root } = win32.parse(folder);
  const isSystem = root.toLowerCase().startsWith((env.SystemDrive || "C:").toLowerCase());
  return isSystem || !/^[a-z]:/i.test(root) ? [] : [root];
}

/**
 * The machine-wide folders, in order. Linux: what an administrator drops into /etc counts before what a
 * package ships in /usr; macOS and Windows have one place.
 */
export function machineFolders({ platform, env, product }: CarrierContext): string[] {
  if (platform === "win32") return [win32.join(env.ProgramData || "C:\\ProgramData", product)];
  if (platform === "darwin") return [join("/Library/Application Support", product)];
  return ["/etc", "/usr/local/share", "/usr/share"].map((folder) => join(folder, product));
}

function bundleFolders(folder: string): string[] {
  const contents = dirname(folder);
  const isBundle = basename(folder) === "MacOS" && basename(contents) === "Contents";
  return isBundle ? [join(contents, "Resources"), dirname(dirname(contents))] : [];
}

/** A program is often started through a link in a folder of commands. */
function realPath(path: string): string {
  try {
    return fs.realpathSync(path);
  } catch {
    return path;
  }
}
