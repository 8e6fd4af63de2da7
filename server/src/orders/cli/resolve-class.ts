import { countOf } from "../../cli/amounts-and-times.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { ReceiverCommandLine } from "../../deps/run.ts";
import type { ClassResolution, ResolvedClass } from "../rule/resolve-held.ts";

/** What `order resolve --all` is told. */
export interface ClassOptions {
  all?: boolean;
  reason?: string;
  partner?: string;
  to?: string;
  note: string;
  dryRun?: boolean;
}

const columns: readonly Column<ResolvedClass["orders"][number]>[] = [
  { heading: "shop", of: ({ shop }) => shop },
  { heading: "order", of: ({ order }) => order },
  { heading: "ruled to", of: ({ ruledTo }) => ruledTo ?? "nobody" },
  { heading: "outcome", of: ({ outcome }) => outcome },
];

/** What stands under the result of a ruling that was only tried, wherever standard output leads. */
export const nothingChanged = "Nothing was changed: leave out --dry-run to rule so.\n";

/** What is said of a ruling that moves more than one person may alone. */
export const waitsText = (id: string | undefined, dryRun: boolean): string =>
  dryRun ? "A second person would have to approve it." : `It waits for a second person: ledger approve ${id}`;

/** `order resolve --all`: one ruling for all orders that wait for one reason. */
export async function resolveClass(cli: ReceiverCommandLine, options: ClassOptions): Promise<void> {
  const { reason, partner, to, note, dryRun = false } = options;
  if (reason === undefined || to === undefined)
    throw new CommandRefusal("usage", "With --all, name the --reason they wait for and whom they go --to.");
  const whom: ClassResolution["to"] = to === "nobody" || to === "as-decided" ? to : { partner: to };
  const { resolveHeld } = await import("../rule/resolve-held.ts");
  const resolved = await cli.withDeps((deps) =>
    resolveHeld(deps, { reason, partner, to: whom, note, dryRun }),
  );
  cli.print(
    resolved,
    () =>
      resolved.count === 0
        ? "No order waits for that reason.\n"
        : `${formatTable(columns, resolved.orders)}${dryRun ? `\n${nothingChanged}` : ""}`,
    resolved.orders,
  );
  if (cli.json || resolved.count === 0) return;
  if (resolved.waits === null)
    cli.say(`${dryRun ? "Would rule" : "Ruled"} on ${countOf(resolved.count, "order")}.`);
  else cli.say(`${countOf(resolved.count, "order")}: ${waitsText(resolved.waits.id, dryRun)}`);
  if (resolved.ruledBefore > 0) cli.say(`Ruled on ${countOf(resolved.ruledBefore, "order")} before.`);
  if (resolved.isMore && !dryRun)
    cli.say("More orders wait for that reason: say the same again once these are approved.");
}
