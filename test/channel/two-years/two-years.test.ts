import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { suspicionCodes } from "../../../server/src/attribution/suspicion-codes.ts";
import { readBalances } from "../../../server/src/books/balances.ts";
import { exportLedger } from "../../../server/src/books/export.ts";
import type { Deps } from "../../../server/src/deps/deps.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { forecastPeriod } from "../../../server/src/periods/periods.ts";
import { openReceiverWorld } from "../../journey/receiver-world.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { type Expected, workOut } from "./oracle.ts";
import { playStory } from "./play.ts";
import { type Story, tellStory } from "./story.ts";

/**
 * Larger by hand: `TWO_YEARS_ORDERS=100000 TWO_YEARS_PARTNERS=200 npx vitest run test/channel/two-years`. Another seed tells
 * another story: `TWO_YEARS_SEED=7`.
 */
const orders = Number(process.env.TWO_YEARS_ORDERS ?? 400);
const partners = Number(process.env.TWO_YEARS_PARTNERS ?? 24);
const seed = Number(process.env.TWO_YEARS_SEED ?? 20_261_130);

interface Entry {
  kind: string;
  partner: string;
  debit: string;
  credit: string;
  amountMinor: number;
  currency: string;
  order: string | null;
}

/** What the journal says of each partner's share of an order, and of all its terms together. */
async function readBooks(deps: Deps) {
  const shares = new Map<string, number>();
  const terms = new Map<string, number>();
  const add = (sums: Map<string, number>, name: string, minor: number) => {
    const now = (sums.get(name) ?? 0) + minor;
    if (now === 0) sums.delete(name);
    else sums.set(name, now);
  };
  let first = true;
  for await (const piece of exportLedger(deps, "json")) {
    const text = piece.replace(/^\[/, first ? "[" : "").replace(/^,/, "");
    first = false;
    for (const line of text.split("\n")) {
      const json = line.replace(/^\[|,$|\]$/g, "");
      if (json === "") continue;
      const { partner, debit, credit, amountMinor, order, currency } = JSON.parse(json) as Entry;
      const minor = debit.startsWith("expenses")
        ? amountMinor
        : credit.startsWith("expenses")
          ? -amountMinor
          : 0;
      if (order === null) add(terms, `${partner} ${currency}`, minor);
      else add(shares, `${order} ${partner}`, minor);
    }
  }
  return { shares, terms };
}

/** What closes booked of each partner's terms, by the period they are about. */
async function readTerms(deps: Deps, story: Story): Promise<Map<string, number>> {
  const booked = new Map<string, number>();
  const closes = story.days.flat().filter((deed) => deed.does === "closes");
  for (const { period } of closes)
    for (const { partner, term, currency, bookedMinor } of await forecastPeriod(deps, { period }))
      if (bookedMinor !== 0) booked.set(`${partner} ${period} ${term} ${currency}`, bookedMinor);
  return booked;
}

/** Sums by partner and currency of what is expected. */
function sumsOf({ orders: shares, terms }: Expected, story: Story): Map<string, number> {
  const currencies = new Map(
    story.days.flat().flatMap((one) => (one.does === "sells" ? [[one.order, one.currency]] : [])),
  );
  const sums = new Map<string, number>();
  const add = (name: string, minor: number) => sums.set(name, (sums.get(name) ?? 0) + minor);
  for (const [name, minor] of shares) {
    const [order = "", partner = ""] = name.split(" ");
    add(`${partner} ${currencies.get(order)}`, minor);
  }
  for (const [name, minor] of terms) {
    const [partner = "", , , currency = ""] = name.split(" ");
    add(`${partner} ${currency}`, minor);
  }
  return sums;
}

const decimals: Record<string, number> = { EUR: 2, USD: 2, JPY: 0 };

/** What hledger makes of the journal: owed to each partner, minor units. Undefined where it is not installed. */
async function askHledger(deps: Deps): Promise<Map<string, number> | undefined> {
  const pieces: string[] = [];
  for await (const piece of exportLedger(deps, "hledger")) pieces.push(piece);
  const args = ["-f", "-", "balance", "^liabilities:(held|payable):", "--flat", "--no-total"];
  const answer = spawnSync("hledger", [...args, "--layout=bare", "--output-format=csv"], {
    input: pieces.join(""),
    encoding: "utf8",
    maxBuffer: 1_000_000_000,
  });
  if ((answer.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return undefined;
  if (answer.status !== 0) throw new Error(answer.stderr);
  const owed = new Map<string, number>();
  for (const line of answer.stdout.trim().split("\n").slice(1)) {
    const [account = "", currency = "", amount = ""] = line
      .split(",")
      .map((cell) => cell.replaceAll('"', ""));
    const name = `${account.split(":")[2]} ${currency}`;
    const minor = Math.round(Number(amount) * 10 ** (decimals[currency] ?? 0));
    owed.set(name, (owed.get(name) ?? 0) - minor);
  }
  return owed;
}

const sorted = (sums: ReadonlyMap<string, number>) => [...sums].filter(([, minor]) => minor !== 0).sort();

onEveryEngine(`two years of ${orders} orders from seed ${seed}`, (bench) => {
  // A large story may take an hour on a machine that does other work as well.
  const timeout = 1_200_000 + orders * 100;
  it("stand in the books as a second reckoning has them, for every partner, order and period", {
    timeout,
  }, async ({ annotate }) => {
    const world = await openReceiverWorld(bench, {
      // Who earned a sale is told by the story; what looks stolen is another suite's.
      // A code counts as long as a copy lives.
      attribution: { windowDays: { token: 1830, coupon: null, email: 730 } },
      trust: { suspicions: Object.fromEntries(suspicionCodes.map((code) => [code, "off"])) },
    });
    const { deps } = world;
    const story = tellStory(seed, { partners, orders, days: 760 });
    await playStory(world, story, (day) => {
      if (orders > 5_000 && day % 30 === 0) process.stderr.write(`day ${day}\n`);
    });
    const expected = workOut(story);
    const { shares, terms } = await readBooks(deps);
    expect(sorted(shares)).toEqual(sorted(expected.orders));
    expect(sorted(await readTerms(deps, story))).toEqual(sorted(expected.terms));
    const ofTerms = new Map<string, number>();
    for (const [name, minor] of expected.terms) {
      const [partner = "", , , currency = ""] = name.split(" ");
      ofTerms.set(`${partner} ${currency}`, (ofTerms.get(`${partner} ${currency}`) ?? 0) + minor);
    }
    expect(sorted(terms)).toEqual(sorted(ofTerms));
    const balances = await readBalances(deps);
    const kept = new Map(
      balances.map((one) => [`${one.partner} ${one.currency}`, one.heldMinor + one.payableMinor]),
    );
    expect(sorted(kept)).toEqual(sorted(sumsOf(expected, story)));
    const byHledger = await askHledger(deps);
    if (byHledger === undefined) await annotate("hledger is not installed here");
    else expect(sorted(byHledger)).toEqual(sorted(kept));
    expect(await verifyLedger(deps)).toMatchObject({ ok: true, failures: [] });
    // The story is worth telling: there are several tiers, terms that paid, and terms that took back.
    expect(expected.terms.size).toBeGreaterThan(20);
    expect([...expected.orders.keys()].filter((name) => name.endsWith(" p000")).length).toBeGreaterThan(0);
  });
});
