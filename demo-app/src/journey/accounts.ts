import { evidenceText, money, outcomeText, verdictText } from "../backstage/plain-words.ts";
import { reseller } from "../cast.ts";
import type { Demo } from "../demo.ts";
import type { Balance, DecisionRecord } from "../receiver/admin.ts";
import { tallystick } from "../receiver/command-line.ts";
import { grossOf, type Order } from "../shop/order.ts";
import { voices } from "../shop/voices/voices.ts";
import type { Sale } from "../ways/sales-counter.ts";
import { ways } from "../ways/ways.ts";
import { createBrowser } from "./browser.ts";
import type { Narrator } from "./narrator.ts";

/** What each renewal earns the reseller, in minor units: a fifth of a year's price. */
export const creditMinor = 800;

/**
 * The decision record names the evidence that the copy was sold with. It is asked for on the command line, or where many
 * orders are told of by the API, which answers the same at once.
 */
export function explainCredit(
  { setting, admin }: Demo,
  narrator: Narrator,
  { order, sale, by }: { order: Order; sale: Sale; by: "command" | "api" },
): Promise<DecisionRecord> {
  const words = ["order", "explain", order.shop, order.id];
  const path = `/v1/orders/${order.shop}`;
  return narrator.step({
    sentence: `Everybody can ask why: ${by === "api" ? `GET ${path}/ORDER` : `tallystick order explain ${order.shop} ORDER`}`,
    lookAt: `npm run tallystick -- ${words.join(" ")} --config ${setting.configFile}`,
    async work() {
      const record =
        by === "api"
          ? await admin.get<DecisionRecord>(`${path}/${encodeURIComponent(order.id)}`)
          : await tallystick<DecisionRecord>(setting, ...words);
      if (record.outcome !== "credited" || record.partner !== reseller.id)
        throw new Error(outcomeText(record));
      const won = record.evidence.find(({ verdict }) => verdict === "won")?.kind;
      if (won !== ways[sale.way].evidence) throw new Error(`it was credited by ${won}`);
      return record;
    },
    outcome: (record) => [
      outcomeText(record),
      ...record.evidence.map((evidence) => `${verdictText(evidence)}: ${evidenceText(evidence)}`),
    ],
  });
}

/** The merchant gives back half of the payment, or all of it where the shop can tell of nothing less. */
export function takeBack({ addresses, receiver }: Demo, narrator: Narrator, order: Order): Promise<number> {
  const from = receiver.log.all.length;
  const { wholeRefunds, currency = "EUR" } = voices[order.shop];
  const [how, share, taken] = wholeRefunds ? ["all", "all", creditMinor] : ["part", "half", creditMinor / 2];
  return narrator.step({
    sentence: `The shop gives ${share} of the money back; ${share} of the credit is taken back.`,
    lookAt: `${addresses.shop}/orders/${order.id}, and the receiver's lines above`,
    async work() {
      const fields = { amount: (grossOf(order) / 200).toFixed(2), how };
      await createBrowser().submit(`${addresses.shop}/orders/${order.id}/refunds`, fields);
      const line = await receiver.log.waitForOneOf(["order.reversed", "webhook.rejected", "webhook.failed"], {
        from,
      });
      if (line.event !== "order.reversed" || line.fields.amountMinor !== taken)
        throw new Error(`the receiver logged ${line.text}`);
      return taken;
    },
    outcome: () =>
      `${reseller.id} keeps ${money(creditMinor - taken, currency)} of ${money(creditMinor, currency)}`,
  });
}

/** The books hold what the chapters came to, and nothing else. */
export function checkLedger(
  { setting }: Demo,
  narrator: Narrator,
  held: ReadonlyMap<string, number>,
): Promise<readonly Balance[]> {
  return narrator.step({
    sentence: "The ledger adds up: tallystick ledger balances, tallystick ledger verify",
    lookAt: `npm run tallystick -- ledger verify --config ${setting.configFile}`,
    async work() {
      const balances = await tallystick<Balance[]>(setting, "ledger", "balances");
      const report = await tallystick<{ ok: boolean; failures: string[] }>(setting, "ledger", "verify");
      if (!report.ok) throw new Error(report.failures.join("; "));
      if (balances.length !== held.size || balances.some((row) => row.heldMinor !== held.get(row.currency)))
        throw new Error(`unexpected: ${JSON.stringify(balances)}`);
      return balances;
    },
    outcome: (balances) =>
      balances.map(
        (row) =>
          `${row.partner}: held ${money(row.heldMinor, row.currency)}, payable ${money(row.payableMinor, row.currency)}, paid ${money(row.paidMinor, row.currency)}`,
      ),
  });
}
