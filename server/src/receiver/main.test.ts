import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "../config/load-config.ts";
import { concealEvent } from "../events/conceal-event.ts";
import { recordEvent } from "../orders/record/record-event.ts";
import { as } from "../words/ids.ts";
import { openDeps } from "./start/open-deps.ts";
import { runHere } from "./testing/run-here.ts";
import { runInProcess, startCommandLine } from "./testing/spawn-command-line.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "tallystick-cli-"));
const folder = newFolder();
const run = (args: string[], input?: string) =>
  runInProcess(args, { cwd: folder, ...(input === undefined ? {} : { input }) });
const runJson = async (args: string[]) => JSON.parse((await run([...args, "--json"])).stdout);

beforeAll(async () => {
  expect(await run(["init"])).toMatchObject({ code: 0 });
});

describe("the command line", () => {
  it("issues a token that verifies until it is revoked", async () => {
    const partner = await runJson(["partner", "add", "north", "--name", "North", "--percent", "12.5"]);
    expect(partner).toMatchObject({ id: "north", percent: 12.5, kind: "reseller" });
    const issue = ["token", "issue", "--partner", "north", "--product", "acme-paint", "--batch", "Spring"];
    const issued = await runJson([...issue, "--expires", "2099-12-31"]);
    const verified = await runJson(["token", "verify", issued.token]);
    expect(verified).toMatchObject({ sub: "north", aud: "acme-paint", jti: issued.jti, batch: "Spring" });
    expect(new Date(verified.exp * 1000).toISOString()).toBe("2099-12-31T23:59:59.000Z");
    expect(await run(["token", "verify", "-"], `${issued.token}\n`)).toMatchObject({ code: 0 });
    expect(await run(["token", "revoke", issued.jti])).toMatchObject({ code: 0 });
    const refused = await run(["token", "verify", issued.token, "--json"]);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toEqual({
      error: { code: "token_revoked", message: "The token was revoked." },
    });
    expect(refused.stderr).toBe("The token was revoked. (token_revoked)\n");
  });

  it("prints a token alone on standard output, for a file", async () => {
    await run(["partner", "add", "east", "--name", "East"]);
    const issued = await run(["token", "issue", "--partner", "east", "--product", "acme-paint"]);
    expect(issued.stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{86}\n$/);
    expect(issued.stderr).toContain('"event":"token.issued"');
    expect(issued.stderr).not.toContain(issued.stdout.trim());
  });

  it("refuses to write over a receiver that is there", async () => {
    const files = () => readdirSync(folder, { recursive: true }).sort();
    const config = join(folder, "tallystick.config.json");
    const before = [files(), readFileSync(config, "utf8")];
    const refused = await runHere(["init", "--json"], { cwd: folder });
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout).error.code).toBe("files_exist");
    expect([files(), readFileSync(config, "utf8")]).toEqual(before);
  });

  it("tells every mistake in the configuration with its path, and exits 2", async () => {
    const cwd = newFolder();
    writeFileSync(
      join(cwd, "t.json"),
      JSON.stringify({ issuer: "http://x.example", adminTokn: 1, products: [] }),
    );
    const human = await runHere(["partner", "list", "--config", "t.json"], { cwd });
    expect(human).toMatchObject({ code: 2, stdout: "" });
    expect(human.stderr.split("\n")).toEqual([
      "The configuration has 5 problems.",
      `In ${join(cwd, "t.json")}:`,
      "issuer: expected an https address (http is for loopback alone)",
      'adminToken: expected { "env": NAME } or { "file": PATH }; it is missing',
      "products: expected at least one product",
      "shops: expected an object; it is missing",
      'adminTokn: expected no member of this name; did you mean "adminToken"?',
      "",
    ]);
    const env = { TALLYSTICK_CONFIG: join(cwd, "t.json") };
    const json = await runHere(["partner", "list", "--json"], { cwd: folder, env });
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout).error).toMatchObject({
      code: "config_invalid",
      file: join(cwd, "t.json"),
      problems: { length: 5 },
    });
  });

  it("says that a rehearsal changed nothing, and what a parent is", async () => {
    const add = ["partner", "add"];
    expect(await run([...add, "upper", "--name", "Upper", "--kind", "distributor"])).toMatchObject({
      code: 0,
    });
    const below = await run([...add, "lower", "--name", "Lower", "--parent", "upper"]);
    expect(below).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("lower stands below upper from now on."),
    });
    const config = await loadConfig({ file: join(folder, "tallystick.config.json"), env: {} });
    const deps = await openDeps(config, { log: { info() {}, warn() {}, error() {}, flush() {} } });
    const event = concealEvent(
      {
        effect: "sale",
        eventId: "evt_1",
        objectId: "cs_1",
        order: as.provider("cs_1"),
        providerIds: [as.provider("cs_1")],
        cycle: "new",
        product: as.product("acme-paint"),
        netMinor: 10_000,
        taxMinor: 0,
        currency: as.currency("EUR"),
        occurredAt: deps.clock(),
      },
      deps.hashes,
    );
    await deps.store.write((tx) => recordEvent(tx, deps, { shop: as.shop("stripe"), event }, deps.clock()));
    await deps.store.close();
    const rule = [
      "order",
      "resolve",
      "stripe",
      "cs_1",
      "--partner",
      "upper",
      "--note",
      "its sale",
      "--dry-run",
    ];
    expect(await run(rule)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Nothing was changed"),
    });
    expect((await runJson(["order", "list"])).orders).toMatchObject([{ outcome: "unattributed" }]);
  });

  it("says in a sentence that the database's folder cannot be made, where mkdir would go round for ever", async () => {
    const env = { DATABASE_URL: "sqlite:/proc/none/tallystick.db" };
    const { code, stderr } = await runHere(
      ["partner", "list", "--config", join(folder, "tallystick.config.json")],
      { cwd: folder, env },
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The database \/proc\/none\/tallystick\.db cannot be opened: there is no folder \/proc\/none, and it cannot be made .*\(database_unusable\)\n$/,
    );
  });

  it("needs a shop's secret to serve, and not to list partners", async () => {
    const cwd = newFolder();
    expect(await runHere(["init"], { cwd })).toMatchObject({ code: 0 });
    writeFileSync(join(cwd, "var/stripe.secret"), "short");
    expect(await runHere(["partner", "list"], { cwd })).toMatchObject({ code: 0 });
    const serve = await runInProcess(["serve"], { cwd });
    expect(serve).toMatchObject({ code: 2, stdout: "" });
    expect(serve.stderr).toContain("shops.stripe.secrets[0]: ");
  });

  it("serves what init wrote, logs where it listens, and ends with 0 on SIGTERM", async () => {
    const child = startCommandLine(["serve"], folder, { PORT: "0" });
    const lines: string[] = [];
    const listening = new Promise<{ url: string }>((resolve, reject) => {
      child.stdout.on("data", (chunk: Buffer) => {
        lines.push(...chunk.toString().trim().split("\n"));
        if (lines[0]?.includes("server.listening")) resolve(JSON.parse(lines[0]));
      });
      child.once("exit", () => reject(new Error("the receiver ended before it listened")));
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const { url } = await listening;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await run(["partner", "list"])).toMatchObject({ code: 0 });
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    // The partner has no address, by which its own purchases would be known.
    expect(lines.map((line) => JSON.parse(line).event)).toEqual([
      "server.listening",
      "server.warning",
      "server.stopping",
    ]);
  });

  it("makes one key and one pepper when processes start at once", async () => {
    const cwd = newFolder();
    const config = readFileSync(join(folder, "tallystick.config.json"));
    writeFileSync(join(cwd, "tallystick.config.json"), config);
    const all = await Promise.all([1, 2, 3].map(() => runInProcess(["key", "list", "--json"], { cwd })));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    const keys = all.map(({ stdout }) => JSON.parse(stdout));
    expect(keys).toEqual([keys[0], keys[0], keys[0]]);
    expect(keys[0]).toMatchObject([{ status: "active" }]);
    expect(readdirSync(join(cwd, "var/keys")).sort()).toEqual(["pepper", `${keys[0][0].kid}.jwk`].sort());
    expect(all.filter(({ stderr }) => stderr.includes("Made the first signing key"))).toHaveLength(1);
  });
});

describe("a file that a command names", () => {
  const missing = [
    ["email", "import", "nope.csv", "--partner", "north"],
    ["shop", "replay", "nope.json"],
    ["serial", "import", "nope.txt", "--batch", "B"],
    ["plan", "add", "nope.json"],
    ["plan", "simulate", "nope.json"],
    ["partner", "details", "set", "north", "--file", "nope.json"],
    ["import", "rewardful", "nope.csv"],
    ["import", "csv", "rows.csv", "--mapping", "nope.json"],
    ["backup", "verify", "nope"],
    ["agreement", "set", "north", "--file", "nope.pdf"],
    ["payout", "confirm", "po_0mh8l5x2k0123456789abcdef0123", "--file", "nope.xml"],
  ];

  it.each(missing.map((args) => [args.join(" "), args]))("is said to be missing: %s", async (_, args) => {
    const { code, stdout, stderr } = await runHere([...args, "--json"], { cwd: folder });
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, "file_missing"]);
    expect(stderr).toMatch(/There is no file \S*nope/);
  });

  it("is said to be a folder", async () => {
    const { code, stderr } = await runHere(["plan", "add", "var"], { cwd: folder });
    expect([code, stderr]).toEqual([1, expect.stringContaining("is a folder, and a file is expected")]);
  });
});
