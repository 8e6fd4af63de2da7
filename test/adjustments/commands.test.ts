import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../../server/src/receiver/testing/run-here.ts";

const env = { TALLYSTICK_ADMIN_TOKEN: "a token of at least sixteen bytes", OWN_SHOP_SECRET: "whsec_x" };
let folder: string;
const run = async (...args: string[]) => {
  const ended = await runHere([...args, "--json"], { cwd: folder, env });
  return { code: ended.code, body: JSON.parse(ended.stdout) };
};
const about = ["--reference", "T-1", "--note", "Agreed by mail"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tallystick-adjust-"));
  await runHere(["init"], { cwd: folder, env });
  await run("partner", "add", "north", "--name", "North");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("ledger adjust", () => {
  it("books a negative amount and takes it back", async () => {
    const { body } = await run(
      "ledger",
      "adjust",
      "north",
      "-12.50",
      "eur",
      "--kind",
      "adjustment",
      ...about,
    );
    expect(body).toMatchObject({ amountMinor: -1_250, currency: "EUR", status: "booked" });
    const back = await run("ledger", "adjust", "--reverse", body.id, "--note", "No");
    expect(back.body).toMatchObject({ amountMinor: 1_250, reverses: body.id });
    expect((await run("ledger", "adjust", "--reverse", body.id, "--note", "No")).code).toBe(1);
    expect((await run("adjustment", "list")).body.adjustments).toHaveLength(2);
    expect((await run("ledger", "balances")).body).toMatchObject([{ payableMinor: 0 }]);
  });

  it("refuses three letters that are no currency", async () => {
    const pay = ["ledger", "adjust", "north", "80", "XYZ", "--kind", "bonus", ...about];
    const { code, body } = await run(...pay);
    expect([code, body.error.code]).toEqual([2, "request_invalid"]);
    expect(body.error.message).toContain("ISO 4217");
  });

  it("books an allowance with its budget and claim", async () => {
    const pay = ["ledger", "adjust", "north", "80", "EUR", "--kind", "allowance", ...about];
    expect((await run(...pay)).code).toBe(2);
    const whole = [...pay, "--allowance", "transport", "--budget", "B1", "--claim", "C1"];
    expect((await run(...whole)).body).toMatchObject({ allowance: { for: "transport", claim: "C1" } });
    expect(await run(...whole)).toMatchObject({ code: 1, body: { error: { code: "claim_booked" } } });
  });

  it.each([
    ["no amount", ["north"]],
    ["half a cent", ["north", "0.005", "EUR", "--kind", "bonus"]],
    ["no kind", ["north", "1", "EUR"]],
  ])("is wrong use with %s", async (_, args) => {
    expect(await run("ledger", "adjust", ...args, ...about)).toMatchObject({ code: 2 });
  });
});
