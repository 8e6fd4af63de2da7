import type { Considered } from "../attribution/decide.ts";
import type { OrderLine } from "../events/order-line.ts";
import type { Loss } from "../ledger/loss.ts";
import type { Credit, Transfer } from "../ledger/transfer.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import { shareMinor } from "../words/money.ts";
import type { EarningsRow } from "./rows/schema.ts";

/** An order with all that its earnings are made of. */
export interface EarnedOrder {
  order: Pick<
    OrderRow,
    "order_key" | "occurred_at" | "product" | "reason" | "currency" | "net_minor" | "lines" | "joined_to"
  >;
  evidenceKind: string | null;
  credits: readonly Credit[];
  transfers: readonly Transfer[];
  /** What of its net has gone back. */
  loss: Pick<Loss, "lostNetMinor" | "lines">;
  campaign: string;
}

/** What an order's rows say. Pure: the same order gives the same rows. None for one that was joined to another. */
export function earningsOf(earned: EarnedOrder): EarningsRow[] {
  const { order, credits, transfers, loss, evidenceKind, campaign } = earned;
  if (order.joined_to !== null) return [];
  const net = order.net_minor - loss.lostNetMinor;
  const products = productsOf(order, loss);
  const nets = splitMinor(
    net,
    products.map(({ weight }) => weight),
  );
  const partners = [...new Set([...credits, ...transfers].map(({ partner }) => partner as string))];
  const rows: EarningsRow[] = [];
  for (const [index, partner] of (partners.length === 0 ? [""] : partners).entries()) {
    const commission = commissionOf(transfers, partner);
    const commissions = splitMinor(commission, weightsOf(products, credits, partner));
    for (const [place, { product }] of products.entries())
      rows.push({
        order_key: order.order_key,
        part: rows.length,
        occurred_at: order.occurred_at,
        partner_id: partner,
        tier: partner === "" ? 0 : index + 1,
        product,
        evidence: evidenceKind ?? "",
        reason: order.reason,
        campaign,
        currency: order.currency,
        counts: place === 0 ? 1 : 0,
        net_minor: nets[place] ?? 0,
        commission_minor: commissions[place] ?? 0,
      });
  }
  return rows;
}

/** What stands in the journal for a partner: credited, less what was taken back. */
const commissionOf = (transfers: readonly Transfer[], partner: string): number =>
  transfers
    .filter((one) => one.partner === partner)
    .reduce(
      (sum, { debit, credit, amountMinor }) =>
        sum +
        (debit === "expense" ? Number(amountMinor) : 0) -
        (credit === "expense" ? Number(amountMinor) : 0),
      0,
    );

interface SoldProduct {
  product: string;
  weight: number;
  lines: ReadonlySet<string>;
}

/** The products of an order, each with what its lines brought and kept. */
function productsOf(
  { product, lines, net_minor }: EarnedOrder["order"],
  loss: EarnedOrder["loss"],
): SoldProduct[] {
  const whole: SoldProduct = { product: product ?? "", weight: net_minor, lines: new Set() };
  if (product !== null || lines === null) return [whole];
  const byProduct = Map.groupBy(JSON.parse(lines) as OrderLine[], (line) => (line.product as string) ?? "");
  if (byProduct.size < 2) return [{ ...whole, product: [...byProduct.keys()][0] ?? "" }];
  return [...byProduct].map(([name, its]) => ({
    product: name,
    weight: its.reduce((sum, { line, netMinor }) => sum + netMinor - (loss.lines.get(line) ?? 0), 0),
    lines: new Set(its.map(({ line }) => line)),
  }));
}

/** What a partner's credits of each product's lines are worth; by the lines themselves where it is paid by order. */
function weightsOf(products: readonly SoldProduct[], credits: readonly Credit[], partner: string): number[] {
  const own = credits.filter((credit) => credit.partner === partner && credit.line !== undefined);
  const byLine = products.map(({ lines }) =>
    own.filter(({ line }) => lines.has(line ?? "")).reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  );
  return byLine.some((weight) => weight > 0) ? byLine : products.map(({ weight }) => weight);
}

/** Splits an amount by weights; the parts sum to it. */
export function splitMinor(amountMinor: number, weights: readonly number[]): number[] {
  const positive = weights.map((weight) => Math.max(0, weight));
  const whole = positive.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let given = 0;
  return positive.map((weight, index) => {
    before += weight;
    const upTo =
      index === positive.length - 1 ? amountMinor : whole === 0 ? 0 : shareMinor(amountMinor, before, whole);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

/** What a decision won by: the coupon, or the token whose batch is to be looked up. */
export function campaignOf(evidence: string): { coupon?: string; token?: string } {
  const winner = (JSON.parse(evidence) as Considered[]).find(({ verdict }) => verdict === "won");
  if (winner?.coupon !== undefined) return { coupon: winner.coupon.code };
  return winner?.token === undefined ? {} : { token: winner.token };
}
