import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { loadConfig } from "../config/load-config.ts";
import { readServerSecrets } from "../config/secrets.ts";
import { openShops } from "../shops/open-shops.ts";
import { askForStart } from "./ask-for-start.ts";
import { writeStarterFiles } from "./starter-files.ts";
import { starterKinds, starterShops } from "./starter-shops.ts";
import { runHere } from "./testing/run-here.ts";

const root = mkdtempSync(join(tmpdir(), "tallystick-init-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const newFolder = () => mkdtempSync(join(root, "in-"));

/** A terminal at which somebody types these lines. */
function typing(...lines: string[]) {
  let said = "";
  const sink = new Writable({
    decodeStrings: false,
    write(text, _, done) {
      said += text;
      done();
    },
  });
  const stdin = Readable.from(lines.map((line) => `${line}\n`));
  return { terminal: { env: {}, stdin, stdout: sink, stderr: sink, name: "tallystick" }, said: () => said };
}

describe("init", () => {
  it.each(starterKinds)("writes a configuration for %s whose secrets its shop takes", async (shop) => {
    const { config: file } = writeStarterFiles(newFolder(), { shop, product: "acme-draw" });
    const config = await loadConfig({ file, env: {} });
    const { shops } = await readServerSecrets(config, {});
    expect([...openShops(shops).keys()]).toEqual([starterShops[shop].name]);
    expect([...config.products.keys()]).toEqual(["acme-draw"]);
  });

  it("writes the schema beside the configuration, where an editor finds it without a network", () => {
    const folder = newFolder();
    const { config } = writeStarterFiles(folder);
    const { $schema } = JSON.parse(readFileSync(config, "utf8"));
    expect(JSON.parse(readFileSync(join(folder, $schema), "utf8"))).toHaveProperty("properties.issuer");
  });

  it("refuses options that make no sense, and writes nothing", async () => {
    const cwd = newFolder();
    const refused = await runHere(["init", "--product", "Acme Draw"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("--product: expected a-z");
    expect(await runHere(["init", "--shop", "bazaar"], { cwd })).toMatchObject({ code: 2 });
    expect(await runHere(["init", "--product", "acme-draw"], { cwd })).toMatchObject({ code: 0 });
  });

  it("asks a person for what is left out, again where the answer cannot be used", async () => {
    const { terminal, said } = typing("http://acme.example", "", "acme-draw", "", "bazaar", "paddle");
    expect(await askForStart(terminal, { name: "Acme Draw" })).toEqual({
      product: "acme-draw",
      name: "Acme Draw",
    });
    expect(said()).toContain("expected an https address");
    expect(said()).not.toContain("Its name");
    const again = typing("", "", "", "bazaar", "paddle");
    expect(await askForStart(again.terminal, {})).toEqual({ shop: "paddle" });
    expect(again.said()).toContain("Please take one of these");
  });
});
