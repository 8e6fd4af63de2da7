import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { suspicionCodes } from "../../../server/src/attribution/suspicion-codes.ts";
import { readBalances } from "../../../server/src/books/balances.ts";
import { exportLedger } from "../../../server/src/books/export.ts";
import type { Deps } from "../../../server/src/deps/deps.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import {
  listStatements,
  readWholeStatement,
  type StatementSummary,
} from "../../../server/src/statements/read-statements.ts";
import type { StatementDocument, StatementLine } from "../../../server/src/statements/statement.ts";
import { verifyStatements } from "../../../server/src/statements/verify-statements.ts";
import { readJournal, sumBy } from "../../journey/hledger-journal.ts";
import { openReceiverWorld } from "../../journey/receiver-world.ts";
import { payer } from "../../payouts/payout-world.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { vendor } from "../../statements/statement-world.ts";
import { chanceOf } from "./chance.ts";
import { approvalAboveMinor } from "./corrections.ts";
import { Finance } from "./finance.ts";
import type { Expected } from "./oracle.ts";
import { playStory } from "./play.ts";
import { reckon } from "./rulings.ts";
import { type Story, tellStory } from "./story.ts";

/**
 * Larger by hand: `TWO_YEARS_MONEY_ORDERS=3000 TWO_YEARS_MONEY_PARTNERS=60 npx vitest run test/channel/two-years`. Another
 * seed tells another story: `TWO_YEARS_SEED=7`.
 */
const orders = Number(process.env.TWO_YEARS_MONEY_ORDERS ?? 120);
const partners = Number(process.env.TWO_YEARS_MONEY_PARTNERS ?? 16);
const seed = Number(process.env.TWO_YEARS_SEED ?? 20_261_130);

const add = (sums: Map<string, number>, name: string, minor: number) =>
  sums.set(name, (sums.get(name) ?? 0) + minor);
const sorted = (sums: ReadonlyMap<string, number>) => [...sums].filter(([, minor]) => minor !== 0).sort();

/** Commission and terms by partner and currency, as the reckoning at the end has them. */
function earnedIn({ orders: shares, terms }: Expected, story: Story): Map<string, number> {
  const currencies = new Map(
    story.days.flat().flatMap((one) => (one.does === "sells" ? [[one.order, one.currency]] : [])),
  );
  const sums = new Map<string, number>();
  for (const [name, minor] of shares) {
    const [order = "", partner = ""] = name.split(" ");
    add(sums, `${partner} ${currencies.get(order)}`, minor);
  }
  for (const [name, minor] of terms) {
    const [partner = "", , , currency = ""] = name.split(" ");
    add(sums, `${partner} ${currency}`, minor);
  }
  return sums;
}

async function gather<T>(some: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of some) all.push(one);
  return all;
}

interface Closed {
  summary: StatementSummary;
  document: StatementDocument;
  lines: StatementLine[];
}

/** All statements with their lines, the oldest first. */
async function readStatements(deps: Deps): Promise<Closed[]> {
  const all: Closed[] = [];
  for (let after: string | undefined; ; ) {
    const { statements, next } = await listStatements(deps, {
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    for (const summary of statements) {
      const { document, lines } = await readWholeStatement(deps, summary.number);
      all.push({ summary, document, lines: await gather(lines()) });
    }
    if (next === null) return all.reverse();
    after = next;
  }
}

/** Half away from zero. */
const taxAt = (netMinor: number, percent: number) => {
  const taxMinor = Math.floor((Math.abs(netMinor) * percent) / 100 + 0.5);
  return netMinor < 0 ? 0 - taxMinor : taxMinor;
};

/** The percentage that docs/statements.md has an invoice taxed at: the vendor's, on the last day of its period. */
function percentOf({ period, selfBilling }: StatementDocument): number {
  if (selfBilling?.treatment !== "domestic") return 0;
  const day = new Date(Date.parse(period.until) - 1).toISOString().slice(0, 10);
  return vendor.taxRates.findLast(({ since }) => since <= day)?.percent ?? 0;
}

const unbilled = ["payout", "payout_return", "opening"];

/** Follows each account from statement to statement; returns what it closes at, and the tax that its invoices add. */
function followChains(all: readonly Closed[]) {
  const closing = new Map<string, StatementDocument["closing"]>();
  const taxes = new Map<string, number>();
  const transfers: number[] = [];
  const newest = new Map<string, string>();
  for (const { summary, document, lines } of all) {
    const account = `${summary.partner} ${summary.currency}`;
    const opening = closing.get(account) ?? { heldMinor: 0, payableMinor: 0, paidMinor: 0 };
    expect(document.opening, summary.number).toEqual(opening);
    expect(document.previous?.number ?? "", summary.number).toBe(newest.get(account) ?? "");
    const moved = lines.reduce(
      (sum, line) => ({
        heldMinor: sum.heldMinor + line.heldMinor,
        payableMinor: sum.payableMinor + line.payableMinor,
        paidMinor: sum.paidMinor + line.paidMinor,
      }),
      opening,
    );
    expect(document.closing, summary.number).toEqual(moved);
    transfers.push(...lines.map(({ transfer }) => transfer));
    if (document.selfBilling !== null) {
      const isTax = (line: StatementLine) => line.cause === "tax" && line.source?.id === summary.number;
      const netMinor = lines
        .filter((line) => !unbilled.includes(line.kind) && !isTax(line))
        .reduce((sum, line) => sum + line.payableMinor, 0);
      const taxMinor = taxAt(netMinor, percentOf(document));
      expect(document.selfBilling, summary.number).toMatchObject({ netMinor, taxMinor });
      expect(summary.kind, summary.number).toBe(netMinor > 0 ? "invoice" : "credit_note");
      add(taxes, account, taxMinor);
    }
    closing.set(account, moved);
    newest.set(account, summary.number);
  }
  expect(new Set(transfers).size).toBe(transfers.length);
  return { closing, taxes, transfers: transfers.length };
}

/** In each series and year the numbers run from 1 on without a gap. */
function expectGapless(all: readonly Closed[]): void {
  const series = Map.groupBy(all, ({ summary }) => summary.number.slice(0, -5));
  for (const [name, some] of series) {
    const serials = some.map(({ summary }) => Number(summary.number.slice(-5))).sort((a, b) => a - b);
    expect(serials, name).toEqual(Array.from(serials, (_, at) => at + 1));
  }
}

const minorOf = (millionths: bigint, currency: string) =>
  Number(millionths / (currency === "JPY" ? 1_000_000n : 10_000n));

/** What ledger, where it is installed, says of the journal at its strictest. */
function expectPedantic(journal: string): void {
  const verdict = spawnSync("ledger", ["-f", "-", "--strict", "--pedantic", "balance", "--no-total"], {
    input: journal,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if ((verdict.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return;
  expect(verdict.stderr).toBe("");
  expect(verdict.status).toBe(0);
}

/** What hledger, where it is installed, and our own strict reader of its format make of an account group. */
async function readJournalSums(deps: Deps, group: string): Promise<Map<string, number>> {
  const journal = (await gather(exportLedger(deps, "hledger"))).join("");
  expectPedantic(journal);
  const postings = readJournal(journal).flatMap((one) => one.postings);
  const sums = new Map<string, number>();
  for (const [name, sum] of sumBy(postings, ({ account, currency }) => `${account} ${currency}`)) {
    const [account = "", currency = ""] = name.split(" ");
    if (account.startsWith(`${group}:`))
      sums.set(`${account.slice(group.length + 1)} ${currency}`, minorOf(sum, currency));
  }
  const hledger = (...args: string[]) =>
    spawnSync("hledger", ["-f", "-", ...args], { input: journal, encoding: "utf8", maxBuffer: 2 ** 28 });
  const verdict = hledger("check", "--strict");
  if ((verdict.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return sums;
  expect(verdict.stderr).toBe("");
  const its = new Map<string, number>();
  for (const currency of ["EUR", "USD", "JPY"]) {
    const { stdout } = hledger("balance", group, `cur:${currency}`, "--output-format=csv", "--no-total");
    for (const [, account = "", amount = ""] of stdout.matchAll(/^"([^"]+:[^"]+)","(-?[\d.]+) [A-Z]+"$/gm)) {
      const [whole = "", part = ""] = amount.replace("-", "").split(".");
      const minor = Number(whole + part) * (amount.startsWith("-") ? -1 : 1);
      its.set(`${account.slice(group.length + 1)} ${currency}`, minor);
    }
  }
  expect(sorted(its)).toEqual(sorted(sums));
  return sums;
}

onEveryEngine(`two years of money of ${orders} orders from seed ${seed}`, (bench) => {
  const timeout = 1_200_000 + orders * 1_000;
  it("end where a second reckoning, the bank's own account and hledger have them, by unbroken statements", {
    timeout,
  }, async () => {
    const world = await openReceiverWorld(bench, {
      attribution: { windowDays: { token: 1830, coupon: null, email: 730 } },
      trust: { suspicions: Object.fromEntries(suspicionCodes.map((code) => [code, "off"])) },
      adjustments: { approvalAboveMinor },
      payouts: { payer },
      vendor,
    });
    const { deps } = world;
    const story = tellStory(seed, { partners, orders, days: 760 });
    const finance = new Finance(world, story, chanceOf(seed + 1));
    await playStory(world, story, async (day) => {
      await finance.work(day);
      if (orders > 1_000 && day % 30 === 0) process.stderr.write(`day ${day}\n`);
    });
    await finance.finish(story.days.length);

    const all = await readStatements(deps);
    const { closing, taxes, transfers } = followChains(all);
    expectGapless(all);
    const entries = JSON.parse((await gather(exportLedger(deps, "json"))).join("")) as unknown[];
    expect(transfers).toBe(entries.length);

    const expected = earnedIn(reckon(story, finance.ruled), story);
    for (const [name, minor] of [...finance.corrections.standing, ...taxes]) add(expected, name, minor);
    const total = new Map(
      [...closing].map(([name, sums]) => [name, sums.heldMinor + sums.payableMinor + sums.paidMinor]),
    );
    expect(sorted(total)).toEqual(sorted(expected));
    const paid = new Map([...closing].map(([name, sums]) => [name, sums.paidMinor]));
    expect(sorted(paid)).toEqual(sorted(finance.bank.sent()));
    expect([...closing.values()].filter(({ heldMinor }) => heldMinor !== 0)).toEqual([]);

    const balances = new Map(
      (await readBalances(deps)).map((one) => [`${one.partner} ${one.currency}`, one.payableMinor]),
    );
    const payable = new Map([...closing].map(([name, sums]) => [name, sums.payableMinor]));
    expect(sorted(balances)).toEqual(sorted(payable));
    const owed = await readJournalSums(deps, "liabilities:payable");
    expect(sorted(new Map([...owed].map(([name, minor]) => [name, -minor])))).toEqual(sorted(payable));
    const banked = await readJournalSums(deps, "assets:payouts");
    expect(sorted(new Map([...banked].map(([name, minor]) => [name, -minor])))).toEqual(sorted(paid));

    expect(await verifyLedger(deps)).toMatchObject({ ok: true, failures: [] });
    expect(await verifyStatements(deps)).toMatchObject({ ok: true, failures: [] });
    // The story is worth telling.
    const { counts, corrections, bank } = finance;
    for (const some of Object.values({ ...counts, ...corrections.counts, ...bank.counts }))
      expect(some).toBeGreaterThan(0);
    const kinds = new Set(all.map(({ summary }) => summary.kind));
    expect([...kinds].sort()).toEqual(["credit_note", "invoice", "statement"]);
    expect(all.some(({ document }) => document.closing.payableMinor < 0)).toBe(true);
  });
});
