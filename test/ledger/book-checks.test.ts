import { expect, it } from "vitest";
import type { BookCheck } from "../../server/src/books/book-check.ts";
import { bookForPartner } from "../../server/src/books/book-partner.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { addPartnerRow, type LedgerWorld, ledgerWorld, noon } from "./ledger-world.ts";

/** A partner's bonuses of one source, as many as amounts are given. */
const book = (world: LedgerWorld, source: string, amounts: readonly number[]) =>
  world.store.write((tx) =>
    bookForPartner(
      tx,
      amounts.map((amountMinor, index) => ({
        partner: as.partner("north"),
        currency: as.currency("EUR"),
        kind: "bonus",
        debit: "expense",
        credit: "payable",
        amountMinor,
        source,
        sourceId: `b_${String(index).padStart(4, "0")}`,
        cause: "bonus",
      })),
      noon,
    ),
  );

onEveryEngine("bookings that no order explains", (bench) => {
  const open = async (bookChecks: readonly BookCheck[]) => {
    const world = { ...ledgerWorld(await bench.open()), bookChecks };
    await addPartnerRow(world, "north", 2000);
    return { world, failures: async () => (await verifyLedger(world as unknown as Deps)).failures };
  };

  it("fail where no check knows their source", async () => {
    const { world, failures } = await open([]);
    await book(world, "nowhere", [500]);
    expect(await failures()).toEqual([
      "transfer 1: a bonus for north from nowhere b_0000: nothing in the receiver knows its source",
    ]);
  });

  it("are each given once to the check of their source, which says what is wrong and what is missing", async () => {
    const seen: string[] = [];
    const { world, failures } = await open([
      {
        source: "bonuses",
        async findWrong(_tx, bookings) {
          seen.push(...bookings.map((one) => one.sourceId));
          return bookings.filter((one) => one.amountMinor > 2).map(({ id }) => ({ id, what: "is too much" }));
        },
        async *findMissing() {
          yield "bonus b_9999: was given and is not booked";
        },
      },
    ]);
    const amounts = Array.from({ length: 1_203 }, (_, index) => (index === 1_100 ? 3 : 1));
    await book(world, "bonuses", amounts);
    expect(await failures()).toEqual([
      "transfer 1101: a bonus for north from bonuses b_1100: is too much",
      "bonus b_9999: was given and is not booked",
    ]);
    expect(new Set(seen).size).toBe(1_203);
    expect(seen.length).toBe(1_203);
  });
});
