import { adjustmentSource } from "../adjustments/adjustment.ts";
import { findAdjustment } from "../adjustments/rows/adjustments.ts";
import type { Sharing } from "../agreements/agreement.ts";
import { viewFor } from "../agreements/view-for.ts";
import { findCorrections } from "../books/rows/corrections.ts";
import { balanceOf } from "../ledger/settle.ts";
import type { Credit, Transfer } from "../ledger/transfer.ts";
import type { Tx } from "../store/store.ts";
import { isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { findCreditLine, type MovementRow } from "./rows/lines.ts";
import type { Account } from "./rows/statements.ts";
import type { LinePart, LineSource, StatementLine, Sums } from "./statement.ts";

/** Lines in the making: the journal's movements of one account as its partner may see them, numbered from 1. */
export class LineWriter {
  readonly lines: StatementLine[] = [];
  readonly #creditLines = new Map<string, number>();
  readonly #tx: Tx;
  readonly #account: Account;
  readonly #sharing: Sharing;

  constructor(tx: Tx, account: Account, sharing: Sharing) {
    this.#tx = tx;
    this.#account = account;
    this.#sharing = sharing;
  }

  /** Adds a movement as the next line. */
  async add(row: MovementRow): Promise<void> {
    const line = this.lines.length + 1;
    const { partner_id: partner } = this.#account;
    const known = explainMovement(row, { partner, sharing: this.#sharing });
    this.lines.push({
      line,
      transfer: row.id,
      bookedAt: isoTime(row.booked_at),
      kind: row.kind,
      cause: row.cause,
      ...this.#sumsOf(row),
      ...known,
      corrects: await this.#corrected(row),
      source: await this.#sourceOf(row),
    });
    if (row.kind === "credit" && row.order_key !== null && !this.#creditLines.has(row.order_key))
      this.#creditLines.set(row.order_key, line);
  }

  #sumsOf(row: MovementRow): Sums {
    const { partner_id: partner, currency } = this.#account;
    const { kind, debit, credit, amount_minor: amountMinor } = row;
    const moved: Transfer[] = [{ partner, currency, kind, debit, credit, amountMinor }];
    return {
      heldMinor: balanceOf(moved, "held"),
      payableMinor: balanceOf(moved, "payable"),
      paidMinor: balanceOf(moved, "paid"),
    };
  }

  async #corrected({ kind, order_key }: MovementRow): Promise<StatementLine["corrects"]> {
    if (order_key === null || (kind !== "reversal" && kind !== "reinstatement")) return null;
    const here = this.#creditLines.get(order_key);
    if (here !== undefined) return { number: null, line: here };
    const { partner_id } = this.#account;
    return (await findCreditLine(this.#tx, { partner_id, order_key })) ?? null;
  }

  async #sourceOf(row: MovementRow): Promise<LineSource | null> {
    const { source, source_id } = row;
    if (row.order_key !== null) return this.#correctionOf(row);
    if (source === null || source_id === null) return null;
    const entered = source === adjustmentSource ? await findAdjustment(this.#tx, source_id) : undefined;
    return {
      kind: source,
      id: source_id,
      reference: entered?.reference ?? null,
      note: entered?.note ?? null,
      claim: entered?.claim ?? null,
      reverses: entered?.reverses ?? null,
    };
  }

  /** The correction by hand that moved an order's share, by its id and paper; its note is the vendor's own. */
  async #correctionOf({ id, kind, order_key }: MovementRow): Promise<LineSource | null> {
    if (order_key === null || (kind !== "reversal" && kind !== "reinstatement")) return null;
    const made = (await findCorrections(this.#tx, order_key)).find(({ movements }) =>
      (JSON.parse(movements) as number[]).includes(id),
    );
    if (made === undefined) return null;
    const { correction_id, reference, reverses } = made;
    return { kind: "correction", id: correction_id, reference, note: null, claim: null, reverses };
  }
}

type Explained = Pick<StatementLine, "order" | "transaction" | "reason" | "evidence" | "parts" | "plan">;

const unexplained: Explained = { order: null, reason: null, evidence: null, parts: [], plan: null };

/** What of an order a partner may know beside a movement of its own: by the one projection that all faces share. */
export function explainMovement(
  row: MovementRow,
  viewer: { partner: PartnerId; sharing: Sharing },
): Explained {
  const { order_key: key, shop, order_id: shopOrder, cycle, net_minor: netMinor, occurred_at } = row;
  if (key === null || shop === null || shopOrder === null || occurred_at === null) return unexplained;
  const credits = row.credits === null ? [] : (JSON.parse(row.credits) as Credit[]);
  const transaction = { shop, shopOrder, cycle: cycle ?? "new", netMinor: netMinor ?? 0 };
  const own = { partner: viewer.partner };
  const view = viewFor<{ partner: PartnerId }, typeof transaction, object>(viewer, {
    credits: [own],
    transaction,
  });
  const shown = view?.transaction;
  const isWinner = row.winner === viewer.partner;
  const plan = row.plan === null ? undefined : (JSON.parse(row.plan) as { id: string; version: number });
  return {
    order: { key, product: row.product, occurredAt: isoTime(occurred_at) },
    ...(shown === undefined ? {} : { transaction: shown }),
    reason: isWinner ? row.reason : null,
    evidence: isWinner ? row.evidence_kind : null,
    parts: row.kind === "credit" ? partsOf(credits, viewer.partner, shown !== undefined) : [],
    plan: plan === undefined ? null : { id: plan.id, version: plan.version },
  };
}

const partsOf = (credits: readonly Credit[], partner: PartnerId, withLines: boolean): LinePart[] =>
  credits
    .filter((credit) => credit.partner === partner)
    .map(({ line, rule, rateBp, amountMinor }) => ({
      ...(withLines && line !== undefined ? { line } : {}),
      rule: rule ?? null,
      rateBp,
      amountMinor,
    }));
