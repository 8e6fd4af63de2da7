import { formatMoney, formatPercent, formatTime } from "../../cli/amounts-and-times.ts";
import { type Column, cleanText, formatFields, formatTable } from "../../cli/table.ts";
import type { DecisionRecord, OrderHistoryEntry } from "../explain/explain-order.ts";
import { payText } from "./pay-text.ts";
import { reasonWords } from "./reason-words.ts";

type Evidence = DecisionRecord["evidence"][number];
type Suspicion = DecisionRecord["suspicions"][number];
type Credit = DecisionRecord["credits"][number];
type Line = DecisionRecord["lines"][number];

const evidenceColumns: readonly Column<Evidence>[] = [
  { heading: "verdict", of: ({ verdict }) => verdict },
  { heading: "evidence", of: ({ kind, coupon }) => (coupon === null ? kind : `${kind} ${coupon}`) },
  { heading: "partner", of: ({ partner }) => partner ?? "nobody" },
  { heading: "why", of: ({ reason }) => reasonWords(reason) },
  { heading: "seen", of: ({ seenAt }) => formatTime(seenAt) },
];

const suspicionColumns: readonly Column<Suspicion>[] = [
  {
    heading: "what is done",
    of: ({ policy }) => (policy === "hold" ? "waits for a person" : "is only noted"),
  },
  { heading: "what is suspicious", of: ({ code }) => `${reasonWords(code)} (${code})` },
  {
    heading: "figures",
    of: ({ figures }) =>
      Object.entries(figures)
        .map(([name, figure]) => `${name} ${Math.round(figure * 10) / 10}`)
        .join(", "),
  },
];

const creditColumns: readonly Column<Credit>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "rate", of: ({ rate }) => formatPercent(rate), align: "right" },
  {
    heading: "amount",
    of: ({ amountMinor, currency }) => formatMoney(amountMinor, currency),
    align: "right",
  },
];

const lineColumns = (currency: string): readonly Column<Line>[] => [
  { heading: "kind", of: ({ kind }) => kind },
  { heading: "product", of: ({ product, articles }) => product ?? articles.join(" ") },
  { heading: "quantity", of: ({ quantity }) => String(quantity), align: "right" },
  { heading: "net", of: ({ netMinor }) => formatMoney(netMinor, currency), align: "right" },
  { heading: "lost", of: ({ lostNetMinor }) => formatMoney(lostNetMinor, currency), align: "right" },
];

const historyColumns: readonly Column<OrderHistoryEntry>[] = [
  { heading: "time", of: ({ at }) => formatTime(at) },
  { heading: "what", of: ({ what }) => what.replaceAll("_", " ") },
  { heading: "detail", of: historyWords },
];

/** A decision record for a person: what came of the order, why, on what evidence, and what happened since. */
export function decisionText(record: DecisionRecord): string {
  const parts = [headline(record), facts(record)];
  if (record.outcome === "held") parts.push(wayOut(record));
  if (record.suspicions.length > 0)
    parts.push(section("Suspicions", record.suspicions, suspicionColumns, ""));
  if (record.lines.length > 1) parts.push(section("Lines", record.lines, lineColumns(record.currency), ""));
  parts.push(section("Evidence", record.evidence, evidenceColumns, "None was found."));
  if (record.credits.length > 0)
    parts.push(section("Credits before refunds", record.credits, creditColumns, ""));
  const pay = payText(record.plan);
  if (pay !== "") parts.push(pay);
  parts.push(section("History", record.history, historyColumns, "Nothing yet."));
  return parts.join("\n");
}

function headline({ order, shop, outcome, partner, evidence }: DecisionRecord): string {
  const kind = evidence.find(({ verdict }) => verdict === "won")?.kind;
  const ends = {
    credited: `is credited to ${partner}${kind === undefined ? "" : ` by ${kind}`}`,
    held: "waits for a person to decide",
    unattributed: "is credited to nobody",
  };
  return `Order ${cleanText(order)} of ${cleanText(shop)} ${ends[outcome]}.\n`;
}

/** What a person can do about an order that waits for one. */
function wayOut({ shop, order }: DecisionRecord): string {
  const words = ["order", "resolve", shop, order].map((word) =>
    cleanText(/^[\w.:-]+$/.test(word) ? word : JSON.stringify(word)),
  );
  return `Decide it with: tallystick ${words.join(" ")} --partner ID --note WHY (or --none)\n`;
}

function facts(record: DecisionRecord): string {
  const { currency } = record;
  const lost = ["lost", formatMoney(record.lostNetMinor, currency)] as const;
  return formatFields(
    [
      ["why", `${reasonWords(record.reason)} (${record.reason})`],
      ["product", record.product],
      ["country", record.country],
      ["sale", record.cycle],
      ["net", formatMoney(record.netMinor, currency)],
      ["tax", formatMoney(record.taxMinor, currency)],
      ...(record.lostNetMinor === 0 ? [] : [lost]),
      ["bought", formatTime(record.occurredAt)],
      ["received", formatTime(record.receivedAt)],
      ...(record.releaseAt === null ? [] : [["payable", formatTime(record.releaseAt)] as const]),
    ],
    "  ",
  );
}

function section<Row>(
  title: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  none: string,
): string {
  const body = rows.length === 0 ? `${none}\n` : formatTable(columns, rows);
  return `${title}\n${body.replace(/^(?=.)/gm, "  ")}`;
}

function historyWords({ what, detail }: OrderHistoryEntry): string {
  const { amountMinor, currency, partner, kind, debit, credit, cause, outcome, reason } = detail;
  const amount =
    typeof amountMinor === "number" && currency ? formatMoney(amountMinor, String(currency)) : "";
  if (what === "transfer") return `${kind} of ${amount} for ${partner}: ${debit} to ${credit} (${cause})`;
  if (what === "ruling") return `${partner ?? "nobody"}: ${detail.note}`;
  if (what !== "decision")
    return [amount, detail.status, detail.note, ...correctionWords(detail)].filter(Boolean).join(", ");
  return `${outcome}${partner ? ` to ${partner}` : ""}: ${reasonWords(String(reason))} (${cause})`;
}

/** Of what a person entered: by which id it is taken back, on which paper it rests, and what took it back. */
function correctionWords({
  note,
  object,
  reference,
  enteredBy,
  approvedBy,
  reverses,
  reversedBy,
}: OrderHistoryEntry["detail"]): string[] {
  if (note === undefined) return [];
  return [
    reference ? `reference ${reference}` : "",
    enteredBy ? `by ${enteredBy}` : "",
    approvedBy ? `approved by ${approvedBy}` : "",
    `id ${object}`,
    reverses ? `takes back ${reverses}` : "",
    reversedBy ? `taken back by ${reversedBy}` : "",
  ];
}
