import { formatTime } from "../../cli/amounts-and-times.ts";
import { formatFields } from "../../cli/table.ts";
import type { NetworkLink } from "../network-links.ts";

/** A link for a person, a line for each of its members. */
export function linkText({ network, partner, settings, status, changedAt }: NetworkLink): string {
  return formatFields([
    ["network", network],
    ["partner", partner],
    ...Object.entries(settings),
    ["status", status],
    ["since", formatTime(changedAt)],
  ]);
}
