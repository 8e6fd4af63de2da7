import { formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { type Column, cleanText, formatFields, formatTable } from "../../cli/table.ts";
import type { DisputeEntry, DisputeRecord, DisputeSide, DisputeSummary } from "../dispute.ts";

const stateOf = ({ state, granted }: Pick<DisputeSummary, "state" | "granted">): string =>
  granted === null ? state : granted ? "granted" : "not granted";

const claimText = ({ number, serial, date, product }: DisputeSummary["claim"]): string =>
  [number, serial === null ? null : `serial ${serial}`, date, product].filter(Boolean).join(", ");

const columns: readonly Column<DisputeSummary>[] = [
  { heading: "contested", of: ({ id }) => id },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "claims", of: ({ claim }) => claimText(claim) },
  { heading: "state", of: stateOf },
  { heading: "opened", of: ({ openedAt }) => formatTime(openedAt) },
  { heading: "answer due", of: ({ answerDueAt }) => (answerDueAt === null ? null : formatTime(answerDueAt)) },
];

/** Contested decisions as a table. */
export const disputeTable = (disputes: readonly DisputeSummary[]): string => formatTable(columns, disputes);

const sideColumns: readonly Column<DisputeSide>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "credited", of: ({ credited }) => (credited ? "yes" : null) },
  {
    heading: "evidence",
    of: ({ evidence }) => evidence.map(({ kind, reason }) => `${kind}: ${reason}`).join("; ") || null,
  },
  { heading: "contests by", of: ({ disputes }) => disputes.join(", ") || null },
];

/** A contested decision for the person who rules: what is claimed, the order, everybody's part, and the thread. */
export function disputeText(dispute: DisputeRecord): string {
  const { order, candidates, sides, thread } = dispute;
  const fields = formatFields([
    ["contested", dispute.id],
    ["partner", dispute.partner],
    ["claims", claimText(dispute.claim)],
    ["state", stateOf(dispute)],
    ["opened", formatTime(dispute.openedAt)],
    ["answer due", dispute.answerDueAt === null ? null : formatTime(dispute.answerDueAt)],
    ["order", order === null ? null : orderText(order)],
    ...(order === null ? candidates : []).map((one) => ["may be", orderText(one)] as const),
  ]);
  const parts = sides.length === 0 ? "" : `\n${formatTable(sideColumns, sides)}`;
  return `${fields}${parts}\n${thread.map(entryText).join("")}`;
}

const orderText = (order: DisputeRecord["candidates"][number]): string =>
  `${order.shop} ${order.order}: ${order.outcome} ${order.partner ?? ""} (${order.reason}), ${formatMoney(order.netMinor, order.currency)}`;

function entryText({ entry, author, kind, text, file, at }: DisputeEntry): string {
  const attached = file === null ? "" : ` [${file.name}, ${file.bytes} bytes]`;
  const lines = (text ?? "").split("\n").map((line) => `    ${cleanText(line)}\n`);
  return `${entry}. ${formatTime(at)} ${author} (${kind})${cleanText(attached)}\n${text === null ? "" : lines.join("")}`;
}
