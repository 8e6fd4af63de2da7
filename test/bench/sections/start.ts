import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Section } from "../bench.ts";
import { inTurns } from "../measure.ts";
import { type Figure, figure } from "../report.ts";

const section = "start";
const root = join(import.meta.dirname, "..", "..", "..");

/** What a command of the installed package costs before it does anything: processor time beside an empty process. */
export const start: Section = async (bench) => {
  mkdirSync(join(root, "server", "var"), { recursive: true });
  // Among the server's modules, so that what the packages depend on is found.
  const folder = mkdtempSync(join(root, "server", "var", "bench-start-"));
  bench.afterwards(async () => rmSync(folder, { recursive: true, force: true }));
  const program = join(install(folder), "bin", "tallystick.js");
  const empty = join(folder, "empty.js");
  writeFileSync(empty, "");
  const watch = join(folder, "watch.cjs");
  writeFileSync(watch, watching);
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, "cache"), NODE_COMPILE_CACHE: undefined };
  const config = join(folder, "home", "tallystick.config.json");
  const run = (file: string, ...args: string[]) => {
    const usage = join(folder, "usage.json");
    const { status, stderr } = spawnSync(process.execPath, ["--require", watch, file, ...args], {
      env: { ...env, TALLYSTICK_USAGE: usage },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}:\n${stderr}`);
    return JSON.parse(readFileSync(usage, "utf8")) as { cpuMs: number };
  };
  run(program, "init", "--dir", join(folder, "home"));
  const commands: [string, string[], number][] = [
    ["tallystick --help", ["--help"], 1.5],
    ["tallystick --version", ["--version"], 1.5],
    ["tallystick partner list", ["partner", "list", "--config", config], 3],
    ["tallystick ledger balances", ["ledger", "balances", "--config", config], 3],
    ["tallystick order list", ["order", "list", "--config", config], 3],
  ];
  // The first of each compiles, the others find what it compiled.
  for (const [, args] of commands) run(program, ...args);
  const subjects = [
    { name: "an empty process", round: async () => run(empty).cpuMs },
    ...commands.map(([name, args]) => ({ name, round: async () => run(program, ...args).cpuMs })),
  ];
  const [control = [], ...rounds] = await inTurns(subjects, 4 * bench.options.rounds, () => {});
  return commands.map(
    ([what, , ratioAtMost], index): Figure =>
      figure({
        section,
        what,
        unit: "ms of processor time",
        rounds: rounds[index] ?? [],
        control: { what: "an empty process", rounds: control },
        goal: { ratioAtMost },
      }),
  );
};

const watching = `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  require("node:fs").writeFileSync(process.env.TALLYSTICK_USAGE, JSON.stringify({ cpuMs: (user + system) / 1000 }));
});
`;

/** Builds both packages and lays them as an installation has them. @returns the server's folder */
function install(folder: string): string {
  for (const name of ["sdk", "server"]) {
    const target = join(folder, "node_modules", "@tallystick", name);
    for (const file of ["package.json", ...(name === "server" ? ["bin"] : [])])
      cpSync(join(root, name, file), join(target, file), { recursive: true });
    const build = (file: string, ...args: string[]) =>
      execFileSync(process.execPath, [file, ...args], { cwd: join(root, name), stdio: "ignore" });
    build(
      join(root, "node_modules", "tsup", "dist", "cli-default.js"),
      "--out-dir",
      join(target, "dist"),
      "--no-dts",
    );
    if (name === "server") build("bundle-commands.ts", join(target, "dist"));
  }
  return join(folder, "node_modules", "@tallystick", "server");
}
