import { formatPercent, formatTime } from "../../cli/amounts-and-times.ts";
import { formatFields } from "../../cli/table.ts";
import type { Partner } from "../partner.ts";

/** A partner for a person, a line for each of its members. */
export function partnerText(partner: Partner): string {
  return formatFields([
    ["id", partner.id],
    ["name", partner.name],
    ["kind", partner.kind],
    ["parent", partner.parent],
    ["commission", formatPercent(partner.percent)],
    ["e-mail", partner.emailRegistered ? "registered (only its keyed hash is kept)" : null],
    ["sharing", partner.sharing],
    ["status", partner.status],
    ["since", formatTime(partner.createdAt)],
    ...(partner.endedAt === null ? [] : [["until", formatTime(partner.endedAt)] as const]),
  ]);
}
