import { evidenceText, money, outcomeText, verdictText } from "../backstage/plain-words.ts";
import { reseller } from "../cast.ts";
import type { Demo } from "../demo.ts";
import type { Balance, DecisionRecord } from "../receiver/admin.ts";
import { tallystick } from "../receiver/command-line.ts";
import { grossOf, type Order } from "../shop/order.ts";
import type { Sale } from "../ways/sales-counter.ts";
import { ways } from "../ways/ways.ts";
import { createBrowser } from "./browser.ts";
import type { Narrator } from "./narrator.ts";

/** The decision record names the evidence that the copy was sold with. */
export function explainCredit(
  { setting }: Demo,
  narrator: Narrator,
  { order, sale }: { order: Order; sale: Sale },
): Promise<DecisionRecord> {
  const words = ["order", "explain", order.shop, order.id];
  return narrator.step({
    sentence: `Everybody can ask why: tallystick order explain ${order.shop} ORDER`,
    lookAt: `npm run tallystick -- ${words.join(" ")} --config ${setting.configFile}`,
    async work() {
      const record = await tallystick<DecisionRecord>(setting, ...words);
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

/** The merchant gives back half of the payment. */
export function takeBackHalf(
  { addresses, receiver }: Demo,
  narrator: Narrator,
  order: Order,
): Promise<unknown> {
  const from = receiver.log.all.length;
  const halfMinor = grossOf(order) / 2;
  return narrator.step({
    sentence: "The shop gives half of the money back; half of the credit is taken back.",
    lookAt: `${addresses.shop}/orders/${order.id}, and the receiver's lines above`,
    async work() {
      const fields = { amount: (halfMinor / 100).toFixed(2), how: "part" };
      await createBrowser().submit(`${addresses.shop}/orders/${order.id}/refunds`, fields);
      const line = await receiver.log.waitForOneOf(["order.reversed", "webhook.rejected", "webhook.failed"], {
        from,
      });
      if (line.event !== "order.reversed" || line.fields.amountMinor !== 400)
        throw new Error(`the receiver logged ${line.text}`);
    },
    outcome: () => `${reseller.id} keeps ${money(400, "EUR")} of ${money(800, "EUR")}`,
  });
}

/** The books hold what the chapters came to, and nothing else. */
export function checkLedger(
  { setting }: Demo,
  narrator: Narrator,
  heldMinor: number,
): Promise<readonly Balance[]> {
  return narrator.step({
    sentence: "The ledger adds up: tallystick ledger balances, tallystick ledger verify",
    lookAt: `npm run tallystick -- ledger verify --config ${setting.configFile}`,
    async work() {
      const balances = await tallystick<Balance[]>(setting, "ledger", "balances");
      const report = await tallystick<{ ok: boolean; failures: string[] }>(setting, "ledger", "verify");
      if (!report.ok) throw new Error(report.failures.join("; "));
      const [row] = balances;
      if (balances.length !== 1 || row?.heldMinor !== heldMinor)
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
