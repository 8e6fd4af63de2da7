import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { configJsonSchema } from "../../config/config-json-schema.ts";
import { loadConfig } from "../../config/load-config.ts";
import { readServerSecrets } from "../../config/secrets.ts";
import { openShops } from "../../shops/open-shops.ts";
import { askMissing } from "../commands/ask-missing.ts";
import { runHere } from "../testing/run-here.ts";
import { choiceProblems, type StarterChoice, writeStarterFiles } from "./starter-files.ts";
import { starterShops } from "./starter-shops.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "tallystick-init-"));
const choice = { issuer: "https://renew.pixel.example", product: "pixel-pro", name: "Pixel Pro" };

describe("init", () => {
  it.each(starterShops.map(({ kind, name }) => [kind, name]))(
    "writes a receiver for %s that starts",
    async (kind, name) => {
      const { config, secrets } = writeStarterFiles(newFolder(), { ...choice, shop: kind });
      const loaded = await loadConfig({ file: config, env: {} });
      expect(loaded.issuer).toBe(choice.issuer);
      const [product] = loaded.products.values();
      expect(product).toMatchObject({ id: "pixel-pro", name: "Pixel Pro", checkout: { shop: name } });
      expect([...openShops((await readServerSecrets(loaded, {})).shops).keys()]).toEqual([name]);
      for (const file of secrets) expect(readFileSync(file, "utf8").trim().length).toBeGreaterThan(24);
    },
  );

  it("takes them from the command line, and says what comes next for that product", async () => {
    const cwd = newFolder();
    const args = ["--issuer", choice.issuer, "--product", choice.product, "--name", choice.name];
    const { code, stdout } = await runHere(["init", ...args, "--shop", "paddle"], { cwd });
    expect([code, stdout]).toEqual([0, expect.stringContaining("--product pixel-pro")]);
    const content = JSON.parse(readFileSync(join(cwd, "tallystick.config.json"), "utf8"));
    expect(Object.keys(content.shops)).toEqual(["paddle"]);
    const schema = JSON.parse(readFileSync(join(cwd, content.$schema), "utf8"));
    expect(schema).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
  });

  it.each([
    ["--issuer", "http://renew.acme.example"],
    ["--product", "Acme Paint"],
    ["--shop", "amazon"],
    ["--name", " "],
  ])("refuses %s %j and writes nothing", async (option, value) => {
    const cwd = newFolder();
    const { code, stderr } = await runHere(["init", "--dir", "made", option, value], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${option}: `)]);
    expect(() => readFileSync(join(cwd, "made", "tallystick.config.json"))).toThrow();
  });
});

/** A person at a terminal who types these lines. */
async function asked(lines: readonly string[], named: StarterChoice = {}, isTerminal = true) {
  let said = "";
  const stdin = Object.assign(new PassThrough(), { isTTY: isTerminal });
  stdin.end(lines.map((line) => `${line}\n`).join(""));
  const write = () =>
    Object.assign(
      new Writable({
        write(chunk, _, done) {
          said += chunk;
          done();
        },
      }),
      { isTTY: isTerminal },
    );
  const chosen = await askMissing(
    { env: {}, stdin, stdout: write(), stderr: write(), name: "tallystick" },
    named,
  );
  return { chosen, said };
}

describe("what init asks in a terminal", () => {
  it("is what was not said, again where it does not fit, and an empty answer takes what is usual", async () => {
    const { chosen, said } = await asked(["Pixel Prö", "", "amazon", "polar"], { issuer: choice.issuer });
    expect(chosen).toEqual({ issuer: choice.issuer, name: "Pixel Prö", product: "pixel-pro", shop: "polar" });
    expect(said).not.toContain("public https address");
    expect(said).toContain("amazon: expected one of stripe");
  });

  it("ends with the input: what was not answered is as usual", async () => {
    const { chosen } = await asked([]);
    for (const [member, value] of Object.entries(chosen))
      expect(choiceProblems[member as keyof StarterChoice](value)).toBeUndefined();
    expect(Object.keys(chosen)).toHaveLength(4);
  });

  it("is nothing where no person sits", async () => {
    expect(await asked(["x"], {}, false)).toEqual({ chosen: {}, said: "" });
  });
});
