import { copyFileSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../../receiver/testing/run-here.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-stamp-"));
const fixtures = fileURLToPath(new URL("../../../../test/stamp/fixtures/pe/", import.meta.url));
const run = (args: string[], options: { cwd?: string; input?: string } = {}) =>
  runHere(args, { cwd: folder, ...options });
const runJson = async (args: string[]) => {
  const { code, stdout } = await run([...args, "--json"]);
  return { exit: code, ...JSON.parse(stdout) };
};
const bytesOf = (name: string) => readFileSync(join(folder, name));
const whose = ["--partner", "north", "--product", "acme-paint"];

beforeAll(async () => {
  await run(["init"]);
  await run(["partner", "add", "north", "--name", "North"]);
  await run(["partner", "add", "south", "--name", "South"]);
  copyFileSync(join(fixtures, "signed.exe"), join(folder, "setup.exe"));
  copyFileSync(join(fixtures, "signed.exe"), join(folder, "read"));
});

describe("the stamp commands", () => {
  it("stamp a copy for a partner, read and verify it, restamp it and give the original back", async () => {
    const stamped = await runJson([
      "stamp",
      "setup.exe",
      ...whose,
      "--batch",
      "Spring",
      "--out",
      "north.exe",
    ]);
    expect(stamped).toMatchObject({
      exit: 0,
      container: "pe",
      partner: "north",
      batch: "Spring",
      replaced: null,
    });
    expect(stamped.sizeAfter).toBe(bytesOf("north.exe").length);
    const read = await runJson(["stamp", "read", "north.exe"]);
    expect(read).toMatchObject({ exit: 0, verdict: "good", claims: { sub: "north", jti: stamped.jti } });
    const issued = await runJson(["token", "issue", "--partner", "south", "--product", "acme-paint"]);
    const again = await run(["stamp", "north.exe", "--token", "-", "--out", "south.exe"], {
      input: issued.token,
    });
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("the stamp of north") });
    await run(["token", "revoke", issued.jti]);
    const revoked = await runJson(["stamp", "read", "south.exe"]);
    expect(revoked).toMatchObject({
      exit: 1,
      code: "token_revoked",
      verdict: "refused",
      claims: { sub: "south" },
    });
    expect(await runJson(["stamp", "remove", "south.exe", "--out", "back.exe"])).toMatchObject({ exit: 0 });
    expect(bytesOf("back.exe").equals(bytesOf("setup.exe"))).toBe(true);
  });

  it("say that a token is not verified where no configuration is at hand", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "tallystick-stamp-"));
    await run(["stamp", "setup.exe", ...whose, "--out", join(elsewhere, "copy.exe")]);
    const { code, stdout, stderr } = await run(["stamp", "read", "copy.exe", "--json"], { cwd: elsewhere });
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, verdict: "unverified" });
    expect(stderr).toContain("was not verified");
    expect(readdirSync(elsewhere)).toEqual(["copy.exe"]);
  });

  it("write nothing and issue nothing in a dry run, nor when the file or its place is refused", async () => {
    const before = readdirSync(folder).sort();
    const look = await run(["stamp", "./read", ...whose, "--dry-run", "--json"]);
    expect({ code: look.code, ...JSON.parse(look.stdout) }).toMatchObject({ code: 0, out: null, jti: null });
    const config = await run(["stamp", "tallystick.config.json", ...whose, "--out", "x"]);
    expect(config).toMatchObject({ code: 1, stderr: expect.stringContaining("(container_unknown)") });
    const itself = await run(["stamp", "setup.exe", ...whose, "--out", "setup.exe"]);
    expect(itself).toMatchObject({ code: 1, stderr: expect.stringContaining("(same_file)") });
    const forged = await run(["stamp", "setup.exe", "--token", "a.b.c", "--out", "x"]);
    expect(forged).toMatchObject({ code: 1, stderr: expect.stringContaining("(token_malformed)") });
    for (const { stderr } of [look, config, itself, forged]) expect(stderr).not.toContain("token.issued");
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it.each([
    [["stamp"], 2],
    [["stamp", "setup.exe", "--out", "x"], 2],
    [["stamp", "setup.exe", ...whose], 2],
    [["stamp", "setup.exe", ...whose, "--token", "t", "--out", "x"], 2],
    [["stamp", "setup.exe", "--partner", "west", "--product", "acme-paint", "--dry-run"], 1],
    [["stamp", "setup.exe", "--partner", "north", "--product", "other", "--dry-run"], 1],
    [["stamp", "read", "setup.exe"], 1],
    [["stamp", "remove", "setup.exe", "--out", "x"], 1],
    [["stamp", "read", "none.exe"], 1],
    [["stamp", "--help"], 0],
  ])("end %j with %i", async (args, code) => {
    expect((await run(args)).code).toBe(code);
  });
});
