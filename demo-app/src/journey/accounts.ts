import {
  evidenceText,
  money,
  outcomeText,
  partnerName,
  rewardText,
  verdictText,
} from "../backstage/plain-words.ts";
import { distributor, reseller } from "../cast.ts";
import type { Demo } from "../demo.ts";
import type { Balance, DecisionRecord } from "../receiver/admin.ts";
import { tallystick } from "../receiver/command-line.ts";
import type { Order } from "../shop/order.ts";
import type { Sale } from "../ways/sales-counter.ts";
import { ways } from "../ways/ways.ts";
import type { Narrator } from "./narrator.ts";

/** What the renewal of a licence for a year earns the reseller, in minor units: a fifth of its price. */
export const licenceCreditMinor = 800;

/** What stands above the reseller earns on top of it: a twentieth of the price. */
export const overrideMinor = 200;

/** The decision record of an order, by the admin API. */
export const readRecord = ({ admin }: Demo, { shop, id }: Order): Promise<DecisionRecord> =>
  admin.get<DecisionRecord>(`/v1/orders/${shop}/${encodeURIComponent(id)}`);

/** What refunds and disputes have left the reseller of an order. Minor units. */
export const remainingMinor = ({ credits }: DecisionRecord): number =>
  credits.find(({ partner }) => partner === reseller.id)?.remainingMinor ?? 0;

/**
 * The decision record names the evidence that the copy was sold with. It is asked for on the command line, or where many
 * orders are told of by the API, which answers the same at once.
 */
export function explainCredit(
  demo: Demo,
  narrator: Narrator,
  { order, sale, by }: { order: Order; sale: Sale; by: "command" | "api" },
): Promise<DecisionRecord> {
  const { setting } = demo;
  const words = ["order", "explain", order.shop, order.id];
  const asked =
    by === "api" ? `GET /v1/orders/${order.shop}/ORDER` : `tallystick order explain ${order.shop} ORDER`;
  return narrator.step({
    sentence: `Everybody can ask why: ${asked}`,
    lookAt: `npm run tallystick -- ${words.join(" ")} --config ${setting.configFile}`,
    async work() {
      const record =
        by === "api" ? await readRecord(demo, order) : await tallystick<DecisionRecord>(setting, ...words);
      if (record.outcome !== "credited" || record.partner !== reseller.id)
        throw new Error(outcomeText(record));
      const won = record.evidence.find(({ verdict }) => verdict === "won")?.kind;
      if (won !== ways[sale.way].evidence) throw new Error(`it was credited by ${won}`);
      checkSplit(record);
      return record;
    },
    outcome: (record) => [
      outcomeText(record),
      ...record.evidence.map((evidence) => `${verdictText(evidence)}: ${evidenceText(evidence)}`),
      ...(record.rewards?.earned ?? []).map(rewardText),
    ],
  });
}

/** The distributor above the reseller has its share of the same order. */
function checkSplit({ credits, netMinor }: DecisionRecord): void {
  const above = credits.find(({ partner }) => partner === distributor.id);
  if (above?.amountMinor !== (netMinor * distributor.percent) / 100)
    throw new Error(`${distributor.name} was credited ${above?.amountMinor ?? "nothing"}`);
}

/**
 * All that a partner ever earned and was not taken back, wherever the money stands by now, what it gave its customers for
 * renewals included. Minor units, by partner and currency.
 */
export type Earned = ReadonlyMap<string, number>;

/** What everybody has earned until now. */
export async function readEarned({ admin }: Demo): Promise<Earned> {
  const { rewards } = await admin.get<{ rewards: GivenReward[] }>("/v1/rewards?limit=1000");
  const balances = await admin.get<Balance[]>("/v1/ledger/balances");
  const earned = new Map(
    balances.map(({ partner, currency, heldMinor, payableMinor, paidMinor }) => [
      `${partner} ${currency}`,
      heldMinor + payableMinor + paidMinor,
    ]),
  );
  for (const { partner, currency, partnerMinor } of rewards) {
    const name = `${partner} ${currency}`;
    earned.set(name, (earned.get(name) ?? 0) + partnerMinor);
  }
  return earned;
}

/** What a partner bears of a reward that a renewal earned. */
interface GivenReward {
  partner: string;
  currency: string;
  partnerMinor: number;
}

/** The books hold what they held before and what the chapters came to, and nothing else. */
export function checkLedger(
  demo: Demo,
  narrator: Narrator,
  { before, booked }: { before: Earned; booked: Earned },
): Promise<Earned> {
  const { setting } = demo;
  return narrator.step({
    sentence: "The ledger adds up: tallystick ledger verify",
    lookAt: `npm run tallystick -- ledger verify --config ${setting.configFile}`,
    async work() {
      const report = await tallystick<{ ok: boolean; failures: string[] }>(setting, "ledger", "verify");
      if (!report.ok) throw new Error(report.failures.join("; "));
      const after = await readEarned(demo);
      for (const name of new Set([...after.keys(), ...booked.keys()])) {
        const come = (after.get(name) ?? 0) - (before.get(name) ?? 0);
        if (come !== (booked.get(name) ?? 0)) throw new Error(`unexpected: ${name} earned ${come}`);
      }
      return after;
    },
    outcome: () =>
      [...booked].map(([name, amountMinor]) => {
        const [partner = "", currency = ""] = name.split(" ");
        return `${partnerName(partner)}: ${money(amountMinor, currency)} by this journey`;
      }),
  });
}
