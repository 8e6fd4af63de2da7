import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "tallystick-launcher-"));
const launcher = join(folder, "bin/tallystick.js");
const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: "utf8", env: {} });

beforeAll(() => {
  cpSync(new URL("../../bin", import.meta.url), join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
});

describe("the launcher", () => {
  it("says which Node it needs before it loads anything", () => {
    const pretend = `Object.defineProperty(process, "versions", { value: { node: "20.20.2" } });
      await import(${JSON.stringify(pathToFileURL(launcher).href)});`;
    const old = run("--input-type=module", "--eval", pretend);
    expect(old).toMatchObject({ status: 2, stdout: "" });
    expect(old.stderr).toMatch(/needs Node\.js 26 or later, and this is 20\.20\.2/);
  });

  it("names the source tree's command where nothing is built", () => {
    const unbuilt = run(launcher, "--help");
    expect(unbuilt).toMatchObject({ status: 2, stdout: "" });
    expect(unbuilt.stderr).toContain("npm run tallystick -- ");
  });

  it.each([
    ["commands", "--help"],
    ["cli", "serve"],
  ])("runs what is built, dist/%s.js for %s, with its exit code", (file, command) => {
    mkdirSync(join(folder, "dist"), { recursive: true });
    writeFileSync(
      join(folder, `dist/${file}.js`),
      `console.log("${file}", process.argv[2]); process.exitCode = 1;`,
    );
    expect(run(launcher, command)).toMatchObject({ status: 1, stdout: `${file} ${command}\n`, stderr: "" });
  });

  it("keeps compiled code in a folder of its own, and runs without one", () => {
    const isPosix = process.platform !== "win32";
    const shared = join(folder, "shared");
    mkdirSync(join(shared, "tallystick"), { recursive: true });
    if (isPosix) chmodSync(join(shared, "tallystick"), 0o777);
    const caches = { own: join(folder, "own"), shared, impossible: "/proc/none", relative: "none" };
    for (const XDG_CACHE_HOME of Object.values(caches)) {
      const { status } = spawnSync(process.execPath, [launcher, "serve"], { env: { XDG_CACHE_HOME } });
      expect(status).toBe(1);
    }
    expect(readdirSync(join(caches.own, "tallystick"))).not.toEqual([]);
    if (isPosix) expect(readdirSync(join(shared, "tallystick"))).toEqual([]);
    expect(existsSync("none")).toBe(false);
  });
});
