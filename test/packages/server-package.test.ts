import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run, runTool } from "../sdk-package/built-package.ts";

const root = join(import.meta.dirname, "..", "..");

/** Inside the server's folder, so that the unpacked package finds what it depends on among the server's modules. */
const folder = (() => {
  mkdirSync(join(root, "server", "var"), { recursive: true });
  return mkdtempSync(join(root, "server", "var", "package-"));
})();
const unpacked = join(folder, "package");
let tarball = "";

beforeAll(() => {
  const staged = join(folder, "staged");
  for (const name of ["package.json", "README.md", "LICENSE", "bin", "config.schema.json", "src"])
    cpSync(join(root, "server", name), join(staged, name), { recursive: true });
  runTool("tsup", ["--out-dir", join(staged, "dist")], join(root, "server"));
  run("npm", ["pack", "--pack-destination", folder], staged);
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
  run("tar", ["-xzf", tarball, "-C", folder], folder);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the unpacked command line, which takes the SDK from its source as nothing is published here. */
const tallystick = (...args: string[]) =>
  run(
    process.execPath,
    ["--conditions=tallystick-source", join(unpacked, "bin", "tallystick.js"), ...args],
    folder,
  );

describe("the packed server", () => {
  it("is what publint wants", () => {
    expect(runTool("publint", [tarball, "--strict"])).toContain("All good!");
  });

  it("has types that are right for import and require", () => {
    expect(runTool("attw", [tarball, "--no-emoji", "--profile", "node16"])).toContain("No problems found");
  });

  it("carries its licence, its README and the schema of its configuration, and no test", () => {
    const files = readdirSync(unpacked, { recursive: true, encoding: "utf8" });
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "config.schema.json"]));
    expect(files.filter((name) => /\.test\./.test(name))).toEqual([]);
  });

  it("runs: writes a configuration, serves, and shows its docs from its own files", async () => {
    const home = join(folder, "home");
    tallystick("init", "--dir", home);
    const config = join(home, "tallystick.config.json");
    const bin = join(unpacked, "bin", "tallystick.js");
    const server = spawn(
      process.execPath,
      ["--conditions=tallystick-source", bin, "serve", "--config", config],
      {
        env: { ...process.env, PORT: "0" },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const [line] = await once(server.stdout, "data");
    const { url } = JSON.parse(String(line).split("\n")[0] ?? "") as { url: string };
    const script = await fetch(`${url}/docs/swagger-ui-bundle.js`);
    expect(script.status).toBe(200);
    expect((await script.text()).length).toBeGreaterThan(100_000);
    expect(readFileSync(join(unpacked, "dist/swagger-ui/LICENSE"), "utf8")).toContain("Apache License");
    server.kill("SIGTERM");
    expect(await once(server, "exit")).toEqual([0, null]);
  });
});
