import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { settleWaiting } from "../../server/src/approvals/approvals.ts";
import { readBalances } from "../../server/src/books/balances.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { importFiles } from "../../server/src/imports/import-files.ts";
import { readMapping } from "../../server/src/imports/read-mapping.ts";
import { type Correction, correctOrder } from "../../server/src/orders/rule/correct-order.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openAttack } from "./attack-world.ts";

/** Who books by hand needs a second person above 15.00 EUR; a sale brings its partner 20.00. */
const limited = { adjustments: { approvalAboveMinor: { EUR: 1_500 } } };

async function openOffice(bench: Bench) {
  const attack = await openAttack(bench, limited);
  const { deps, folder } = attack;
  const as = <T>(name: string, work: () => Promise<T>) =>
    asDeed({ actor: `cli:${name}`, action: "test", subject: undefined }, work);
  const mapping = await readMapping("rewardful", { product: "acme-paint" });
  let files = 0;
  return Object.assign(attack, {
    as,
    /** Imports rows `id amount state` for a friend in another programme. */
    bring: async (who: string, rows: readonly string[]) => {
      const file = join(folder, `rows-${++files}.csv`);
      const head = "commission id,affiliate id,customer email,licence,amount,currency,state,due at";
      const lines = rows.map((row) => {
        const [id, amount, state] = row.split(" ");
        return `${id},friend,${id}@c.example,L-${id},${amount},EUR,${state},`;
      });
      await writeFile(file, `${[head, ...lines].join("\n")}\n`);
      return as(who, () => importFiles(deps, { programme: "rewardful", files: [file], mapping }));
    },
    correct: (who: string, order: string, what: Correction["what"]) =>
      as(who, () => correctOrder(deps, { shop: "stripe", order, what, note: "by hand" })),
    approve: (who: string, id: string | null | undefined) =>
      as(who, () => settleWaiting(deps, id ?? "", "booked")),
    /** What every partner has together, in minor units: held or payable. */
    given: async () => {
      const rows = await readBalances(deps);
      return rows.reduce((sum, { heldMinor, payableMinor }) => sum + heldMinor + payableMinor, 0);
    },
    bonus: async (who: string, amountMinor: number) => {
      const [friend] = await readBalances(deps);
      return as(who, () =>
        adjust(deps, {
          partner: friend?.partner ?? "",
          amountMinor,
          currency: "EUR",
          kind: "bonus",
          reference: "B",
          note: "N",
        }),
      );
    },
  });
}

// The friend is mallory. What one person alone can give her in a month is the limit, by whatever hand.
onEveryEngine("a person of the vendor who pays a friend", (bench) => {
  it("imports a commission that nobody earned: 900,000 by one hand then, the limit at the most now", async () => {
    const office = await openOffice(bench);
    const { request } = await office.bring("ann", ["a1 9000.00 due"]);
    expect(request).not.toBeNull();
    await expect(office.approve("ann", request)).rejects.toMatchObject({ code: "second_person_needed" });
    expect(await office.given()).toBe(0);
    await office.approve("bob", request);
    expect(await office.given()).toBe(900_000);
    await office.expectSoundLedger();
  });

  it("cuts it into parts, over files, states and other hands of her own: 1,500 in all", async () => {
    const office = await openOffice(bench);
    await office.bring("ann", ["a1 8.00 due"]);
    await office.bring("ann", ["a2 7.00 due"]);
    expect(await office.given()).toBe(1_500);
    await office.bring("ann", ["a3 7.00 pending"]);
    await office.bring("ann", ["a4 0.01 due"]);
    expect(await office.bonus("ann", 1)).toMatchObject({ status: "pending" });
    // The same row at a higher amount, and back down for another one.
    await office.bring("ann", ["a1 15.00 due"]);
    await office.bring("ann", ["a2 0.00 due"]);
    await office.bring("ann", ["a5 7.00 due"]);
    expect(await office.given()).toBeLessThanOrEqual(1_500);
    await office.expectSoundLedger();
  });

  it("takes a refund off a friend's order, again and again: what was refunded comes back once, below the limit", async () => {
    const office = await openOffice(bench);
    const reference = await office.follow(office.mallory);
    await office.buy({ id: "cs_1", reference });
    await office.refund("cs_1");
    expect(await office.gain()).toBe(0);
    for (const restored of ["59.50", "59.50", "59.50"])
      await office.correct("ann", "cs_1", { restored }).catch((error: { code?: string }) => {
        expect(error.code).toBe("request_invalid");
      });
    expect(await office.gain()).toBeLessThanOrEqual(1_500);
  });

  it("enters a refund and takes that back twice: as if nothing had been entered", async () => {
    const office = await openOffice(bench);
    await office.buy({ id: "cs_1", reference: await office.follow(office.mallory) });
    const entered = await office.correct("ann", "cs_1", { refunded: "59.50" });
    const id = office.logged("order.corrected")[0]?.subject as string;
    expect(entered.waits).toBeNull();
    await office.correct("ann", "cs_1", { reverses: id });
    await expect(office.correct("ann", "cs_1", { reverses: id })).rejects.toMatchObject({
      code: "correction_reversed",
    });
    const back = office.logged("order.corrected")[1]?.subject as string;
    await expect(office.correct("ann", "cs_1", { reverses: back })).rejects.toMatchObject({
      code: "correction_settled",
    });
    expect(await office.gain()).toBe(2_000);
  });

  it("takes back what another entered against the friend: that counts as hers, and waits above the limit", async () => {
    const office = await openOffice(bench);
    await office.buy({ id: "cs_1", reference: await office.follow(office.mallory) });
    const entered = await office.correct("bob", "cs_1", { void: true });
    await office.approve("eve", entered.waits?.id);
    expect(await office.balance("mallory")).toEqual({ heldMinor: 0, payableMinor: 0 });
    const id = office.logged("order.corrected")[0]?.subject as string;
    expect(await office.correct("ann", "cs_1", { reverses: id })).toMatchObject({
      waits: { status: "pending", moves: [{ partner: "mallory", amountMinor: 2_000 }] },
    });
    expect(await office.gain()).toBe(0);
  });
});
