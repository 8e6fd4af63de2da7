import { expect, it } from "vitest";
import { asDeed } from "../../server/src/deps/actor.ts";
import { exportPayout } from "../../server/src/payouts/export.ts";
import { findBatch, markFile } from "../../server/src/payouts/rows/batches.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openPayouts } from "./payout-world.ts";

onEveryEngine("a payment file", (bench) => {
  it("that left is not made again as another one after the configuration was changed", async () => {
    const world = await openPayouts(bench);
    await world.payee("north", 1_000);
    const { id, content } = await world.sendAll();
    const { deps } = world;
    const { config } = deps;
    const sendBy = (payouts: Partial<typeof config.payouts>) =>
      asDeed({ actor: "cli:ann", action: "payout export", subject: undefined }, () =>
        exportPayout({ ...deps, config: { ...config, payouts: { ...config.payouts, ...payouts } } }, id, {
          format: "pain.001",
        }),
      );
    const { payer } = config.payouts;
    if (payer === undefined) throw new Error("the world has an account that pays");
    const other = { ...payer, iban: "DE89370400440532013000" };
    await expect(sendBy({ payer: other })).rejects.toMatchObject({ code: "payout_state" });
    await expect(sendBy({ remittance: "Other words" })).rejects.toMatchObject({ code: "payout_state" });
    expect((await sendBy({})).content).toBe(content);
    await world.confirm(id, { all: true });
    await expect(sendBy({ payer: other })).rejects.toMatchObject({ code: "payout_state" });
  });

  it("is known by its hash, which nobody can change", async () => {
    const world = await openPayouts(bench);
    await world.payee("north", 1_000);
    const { id } = await world.sendAll();
    const { store } = world.deps;
    const hash = async () => (await store.read((tx) => findBatch(tx, id)))?.file_hash;
    const before = await hash();
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    await store.write((tx) => markFile(tx, { id, file_hash: "0".repeat(64) }));
    expect(await hash()).toBe(before);
  });

  it.each([
    ["2026-11-19", false],
    ["2026-11-20", true],
    ["2026-11-21", true],
    ["2027-11-22", true],
    ["2062-11-21", false],
  ])("to be paid on %s is made on 2026-11-21: %s", async (executeOn, isMade) => {
    const world = await openPayouts(bench);
    await world.payee("north", 1_000);
    const { batches } = await world.propose();
    const id = batches[0]?.id ?? "";
    await world.approve(id);
    const sent = world.send(id, { format: "pain.001", executeOn });
    if (isMade) expect((await sent).content).toContain(`<Dt>${executeOn}</Dt>`);
    else await expect(sent).rejects.toMatchObject({ code: "request_invalid" });
    // A slip leaves the batch as it was.
    expect((await world.send(id)).payout.state).toBe("exported");
  });
});
