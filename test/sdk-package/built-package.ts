import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** The SDK as a customer of the registry gets it. */
export interface BuiltPackage {
  /** The packed tarball. */
  tarball: string;
  /** A project with the package installed from the tarball and nothing else. */
  project: string;
  /** An entry in one minified file, such as `index` for the client. */
  minified(entry: string): string;
  remove(): void;
}

/** The text of the bundle a customer imports. */
export function readBundle(built: BuiltPackage, file = "index.js"): string {
  return readFileSync(join(built.project, "node_modules", "@tallystick", "sdk", "dist", file), "utf8");
}

/**
 * Builds and packs the SDK in a temporary folder, so that no other test meets a half-built `sdk/dist`, and
 * installs the tarball in a project of its own, without the network.
 */
export function buildPackage(): BuiltPackage {
  const folder = mkdtempSync(join(tmpdir(), "tallystick-package-"));
  const staged = join(folder, "staged");
  for (const name of [
    "package.json",
    "README.md",
    "LICENSE",
    "THIRD-PARTY.md",
    "src",
    "vectors",
    "tsconfig.element.json",
  ]) {
    cpSync(join(root, "sdk", name), join(staged, name), { recursive: true });
  }
  runTsup("--out-dir", join(staged, "dist"));
  runTsup("--out-dir", join(folder, "minified"), "--minify", "--format", "esm", "--no-dts");
  run("npm", ["pack", "--pack-destination", folder], staged);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
  const project = join(folder, "project");
  mkdirSync(project);
  run("npm", ["install", "--prefix", project, "--offline", "--no-audit", "--no-fund", tarball], project);
  return {
    tarball,
    project,
    minified: (entry) => join(folder, "minified", `${entry}.js`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a tool of this repository and answers what it printed; throws with that when it fails. */
export function runTool(name: string, args: string[], folder = root): string {
  return run(process.execPath, [join(root, "node_modules", ...toolFiles(name)), ...args], folder);
}

function toolFiles(name: string): string[] {
  const files: Record<string, string[]> = {
    tsup: ["tsup", "dist", "cli-default.js"],
    publint: ["publint", "src", "cli.js"],
    attw: ["@arethetypeswrong", "cli", "dist", "index.js"],
    tsc: ["typescript", "bin", "tsc"],
  };
  return files[name] ?? [];
}

function runTsup(...args: string[]): void {
  runTool("tsup", args, join(root, "sdk"));
}

/** Both streams, since these tools say on either what is wrong. */
export function run(file: string, args: string[], folder: string): string {
  try {
    return execFileSync(file, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${file} ${args.join(" ")} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}
