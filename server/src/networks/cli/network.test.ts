import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../../receiver/testing/run-here.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-network-"));
const secret = "never-to-be-shown";
const run = (...args: string[]) => runHere(["network", ...args], { cwd: folder, env: { CJ_TOKEN: secret } });
const runJson = async (...args: string[]) => JSON.parse((await run(...args, "--json")).stdout);

beforeAll(async () => {
  await runHere(["init"], { cwd: folder });
  await runHere(["partner", "add", "north", "--name", "North Shop"], { cwd: folder });
  const file = join(folder, "tallystick.config.json");
  const config = JSON.parse(readFileSync(file, "utf8"));
  const cj = { kind: "cj", enterpriseId: "1", actionTrackerId: "22", accessToken: { env: "CJ_TOKEN" } };
  const rakuten = { kind: "rakuten", merchantId: "4321" };
  writeFileSync(file, JSON.stringify({ ...config, networks: { cj, rakuten } }));
});

describe("networks on the command line", () => {
  it("are listed with what has to be done by hand, without a secret being read", async () => {
    const { networks } = await runJson("list");
    expect(networks).toMatchObject([
      { network: "cj", host: "tracking.api.cj.com", byHand: [], hasTestMode: true },
      { network: "rakuten", byHand: ["adjust", "reverse"], hasTestMode: false },
    ]);
  });

  it("are linked to their members, again with other settings, and unlinked", async () => {
    expect(await runJson("link", "cj", "north", "--id", "100", "--set", "sid=a=b")).toMatchObject({
      network: "cj",
      partner: "north",
      settings: { id: "100", sid: "a=b" },
      status: "active",
    });
    expect(await runJson("link", "cj", "north", "--id", "200")).toMatchObject({ settings: { id: "200" } });
    const shown = (await run("test", "cj", "--partner", "north", "--dry-run")).stdout;
    expect(shown).toContain('"promotionalPropertyId":200');
    expect(await runJson("unlink", "cj", "north")).toMatchObject({ status: "removed" });
    expect(await run("unlink", "cj", "north")).toMatchObject({ code: 1, stdout: "" });
  });

  it.each([
    [["link", "cjj", "north", "--id", "1"], "network_unknown"],
    [["link", "cj", "south", "--id", "1"], "partner_unknown"],
    [["link", "cj", "north", "--id", "a\nb"], "request_invalid"],
    [["test", "cj", "--partner", "south", "--dry-run"], "network_link_unknown"],
    [["test", "rakuten", "--id", "1"], "--dry-run"],
  ])("refuse %j", async (args, told) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code: code !== 0, stdout }).toEqual({ code: true, stdout: "" });
    expect(stderr).toContain(told);
  });

  it("show every request without the secret", async () => {
    const previews = await run("test", "cj", "--id", "7", "--dry-run", "--json");
    expect(previews.stdout + previews.stderr).not.toContain(secret);
    const { effects } = JSON.parse(previews.stdout);
    expect(effects.map(({ effect }: { effect: string }) => effect)).toEqual([
      "convert",
      "adjust",
      "reverse",
      "test",
    ]);
    expect(effects[0].request.headers.authorization).toBe("Bearer ***");
  });
});
