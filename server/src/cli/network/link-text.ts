import type { NetworkLink } from "../../networks/network-links.ts";
import { formatTime } from "../output/amounts-and-times.ts";
import { formatFields } from "../output/table.ts";

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
