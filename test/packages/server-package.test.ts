import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deliver, paid } from "../faults/shop-traffic.ts";
import { run, runTool } from "../sdk-package/built-package.ts";
import { stripeSecret } from "../shops/deliveries.ts";
import { unnamedTypes } from "./unnamed-types.ts";

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
  for (const name of [
    "package.json",
    "README.md",
    "LICENSE",
    "bin",
    "config.schema.json",
    "operations",
    "src",
  ])
    cpSync(join(root, "server", name), join(staged, name), { recursive: true });
  runTool("tsup", ["--out-dir", join(staged, "dist")], join(root, "server"));
  run(process.execPath, ["bundle-commands.ts", join(staged, "dist")], join(root, "server"));
  run("npm", ["pack", "--pack-destination", folder], staged);
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
  run("tar", ["-xzf", tarball, "-C", folder], folder);
});
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

  it("exports what its README and the guide to stamping name, and every type of these", async () => {
    const documented = ["server/README.md", "docs/stamping.md"]
      .map((page) => readFileSync(join(root, page), "utf8"))
      .join("\n");
    const exported = Object.keys(await import(join(root, "server", "src", "index.ts")));
    expect(exported.filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
    expect(unnamedTypes(join(unpacked, "dist"), ["index"])).toEqual([]);
  });

  it("carries its licence, its README, the schema of its configuration and what runs it, and no test", () => {
    const files = readdirSync(unpacked, { recursive: true, encoding: "utf8" });
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "config.schema.json"]));
    // docs/operations.md has it copied from there.
    expect(files).toEqual(expect.arrayContaining(["operations/tallystick.service", "operations/alerts.yml"]));
    expect(files).not.toContain("operations/release.ts");
    expect(files.filter((name) => /\.test\./.test(name))).toEqual([]);
  });

  it("runs: writes a configuration, serves, takes a purchase, and shows its docs from its own files", async () => {
    const { config, env } = newHome("home");
    const bin = join(unpacked, "bin", "tallystick.js");
    const { url, stop } = await started([bin, "serve", "--config", config], env);
    const script = await fetch(`${url}/docs/swagger-ui-bundle.js`);
    expect(script.status).toBe(200);
    expect((await script.text()).length).toBeGreaterThan(100_000);
    expect(readFileSync(join(unpacked, "dist/swagger-ui/LICENSE"), "utf8")).toContain("Apache License");
    expect(await deliver(url, paid({ name: "packed", totalMinor: 4_000 }))).toEqual({
      code: 200,
      status: "recorded",
    });
    expect(await stop()).toEqual([0, null]);
  });

  it("loads few files for a command, and keeps what it compiled in the account's own folder", () => {
    const { config } = newHome("quick");
    const counter = join(folder, "count-files.mjs");
    writeFileSync(counter, countFiles);
    const caches = join(folder, "caches");
    const counted = spawnSync(
      process.execPath,
      [
        ...["--conditions=tallystick-source", "--import", counter, join(unpacked, "bin", "tallystick.js")],
        ...["partner", "list", "--config", config],
      ],
      { env: { ...process.env, XDG_CACHE_HOME: caches, NODE_COMPILE_CACHE: undefined }, encoding: "utf8" },
    );
    expect(counted.stdout).toContain("There are no partners yet");
    const files = Number(/files (\d+)/.exec(counted.stderr)?.[1]);
    expect(files).toBeGreaterThan(5);
    expect(files).toBeLessThan(80); // 540 as the sources' packages have them
    expect(readdirSync(join(caches, "tallystick"))).not.toEqual([]);
  });

  it("imports no package that it does not depend on", () => {
    const { dependencies, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(unpacked, "package.json"), "utf8"),
    );
    const files = readdirSync(join(unpacked, "dist")).filter((name) => name.endsWith(".js"));
    const statement =
      /(?:^|[;}])(?:import|export)\b[^"'`;]*["']([^"'./][^"']*)["']|\bimport\(["'`]([\w@][^"'`]*)["'`]\)/gm;
    const imported = files.flatMap((name) =>
      [...readFileSync(join(unpacked, "dist", name), "utf8").matchAll(statement)].map(
        ([, loaded, later]) => loaded ?? later ?? "",
      ),
    );
    expect(imported).toEqual(expect.arrayContaining(["pg", "nodemailer"]));
    const known = { ...dependencies, ...optionalDependencies };
    const packageOf = (id: string) => /^(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? id;
    const strange = imported.filter((id) => !isBuiltin(id) && !Object.hasOwn(known, packageOf(id)));
    expect([...new Set(strange)]).toEqual([]);
    // The command line loads `serve` from the library's files: they are not there twice.
    expect(files.filter((name) => name.startsWith("serve-"))).toHaveLength(1);
  });

  it("keeps the licences of the code that is inside its files", () => {
    const kept = readFileSync(join(unpacked, "dist", "THIRD-PARTY.txt"), "utf8");
    for (const name of ["commander", "jose", "kysely", "zod"])
      expect(kept).toMatch(new RegExp(`^${name} [0-9.]+ \\(MIT\\)$`, "m"));
  });

  it("says to a program that requires it on an older Node what the command says", () => {
    const ask = (code: string) => spawnSync(process.execPath, ["--eval", code], { encoding: "utf8" });
    const old = `Object.defineProperty(process.versions, "node", { value: "20.20.2" });`;
    const required = ask(`${old} require(${JSON.stringify(unpacked)})`);
    const command = ask(`${old} require(${JSON.stringify(join(unpacked, "bin", "tallystick.js"))})`);
    expect([required.status, command.status]).toEqual([1, 2]);
    for (const { stderr } of [required, command])
      expect(stderr).toMatch(/needs Node\.js 26 or later, and this is 20\.20\.2\.\s+Install it from https/);
  });

  it("runs in a program that requires it", async () => {
    const { config, env } = newHome("required");
    const program = join(folder, "program.cjs");
    writeFileSync(
      program,
      `const { createLog, loadConfig, serve } = require(${JSON.stringify(unpacked)});
      (async () => {
        const config = await loadConfig({ file: ${JSON.stringify(config)}, env: { PORT: "0" } });
        process.exitCode = await serve({ config, log: await createLog({ destination: 1 }) });
      })();`,
    );
    const { url, stop } = await started([program], env);
    expect(await deliver(url, paid({ name: "required", totalMinor: 4_000 }))).toEqual({
      code: 200,
      status: "recorded",
    });
    expect(await stop()).toEqual([0, null]);
  });
});

/** Tells on standard error how many files of the package and of others were loaded. */
const countFiles = `import { registerHooks } from "node:module";
let files = 0;
registerHooks({ load: (url, context, next) => { files += url.startsWith("file:") ? 1 : 0; return next(url, context); } });
process.on("exit", () => process.stderr.write("files " + files + "\\n"));
`;

/** A receiver's folder as `init` writes it, with the Stripe secret that deliveries are signed with. */
function newHome(name: string) {
  const home = join(folder, name);
  tallystick("init", "--dir", home);
  writeFileSync(join(home, "var", "stripe.secret"), stripeSecret);
  return { config: join(home, "tallystick.config.json"), env: { ...process.env, PORT: "0" } };
}

/** A program that serves, once it listens; it takes the SDK from its source, as nothing is published here. */
async function started(args: string[], env: NodeJS.ProcessEnv) {
  const server = spawn(process.execPath, ["--conditions=tallystick-source", ...args], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(server.stdout, "data");
  const { url } = JSON.parse(String(line).split("\n")[0] ?? "") as { url: string };
  const stop = () => {
    server.kill("SIGTERM");
    return once(server, "exit");
  };
  return { url, stop };
}
