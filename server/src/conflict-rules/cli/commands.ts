import type { Command } from "commander";
import type { ConflictRule } from "../../attribution/conflict-rule.ts";
import { countOf, formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { SettledOrder } from "../conflict-rules.ts";

/** Adds the commands about rules on conflicts. */
export function addConflictRuleCommands(noun: Command, run: Run): void {
  addRuleList(noun, run);
  addRulePreview(noun, run);
  addRuleApply(noun, run);
}

const columns: readonly Column<ConflictRule>[] = [
  { heading: "rule", of: ({ rule }) => rule },
  { heading: "class", of: ({ class: its }) => its },
  { heading: "on", of: ({ on }) => (on ? "on" : "off") },
  { heading: "kinds", of: ({ kinds }) => kinds.join(", ") || null },
  { heading: "countries", of: ({ countries }) => countries?.join(", ") ?? "every" },
  { heading: "products", of: ({ products }) => products?.join(", ") ?? "every" },
  { heading: "between", of: ({ between }) => between },
];

/** `rule list`: the rules of the configuration. */
function addRuleList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the rules on conflicts of the configuration, in their order",
    example: "rule list",
  }).action(
    run(async (cli) => {
      const { listConflictRules } = await import("../conflict-rules.ts");
      const rules = await cli.looking(async (deps) => listConflictRules(deps));
      cli.print(rules, () =>
        rules.length === 0 ? "The configuration has no rules on conflicts.\n" : formatTable(columns, rules),
      );
    }),
  );
}

const orderColumns: readonly Column<SettledOrder>[] = [
  { heading: "received", of: ({ receivedAt }) => formatTime(receivedAt) },
  { heading: "shop", of: ({ shop }) => shop },
  { heading: "order", of: ({ order }) => order },
  { heading: "country", of: ({ country }) => country },
  { heading: "net", of: ({ netMinor, currency }) => formatMoney(netMinor, currency), align: "right" },
  { heading: "now", of: ({ outcome, creditedTo }) => (outcome === "held" ? "held" : creditedTo) },
  { heading: "by the rule", of: ({ byRule }) => byRule },
  { heading: "between", of: ({ between }) => between.join(", ") },
];

/** `rule preview ID`: the orders a rule would settle. */
function addRulePreview(parent: Command, run: Run): void {
  describeCommand(parent, "preview", {
    summary: "name the orders that a rule would settle, before it is switched on",
    example: "rule preview home-territory --since 2027-01-01",
  })
    .argument("<rule>", "its name in the configuration")
    .option("--since <date>", "look at what was credited since then (UTC; default: 90 days)", readStart)
    .action(
      run(async (cli, rule: string, { since }: { since?: Instant }) => {
        const { previewRule } = await import("../conflict-rules.ts");
        const preview = await cli.withDeps((deps) => previewRule(deps, rule, { since }));
        cli.print(
          preview,
          () =>
            preview.orders.length === 0
              ? "It would settle no order.\n"
              : formatTable(orderColumns, preview.orders),
          preview.orders,
        );
        if (cli.json) return;
        cli.say(
          `Of ${countOf(preview.conflicts, "conflict")} it would settle ${countOf(preview.held, "held order")}; ` +
            `${countOf(preview.moved, "credited order")} would have gone to another and stay as they are.`,
        );
      }),
    );
}

/** `rule apply ID`: decides held orders anew. */
function addRuleApply(parent: Command, run: Run): void {
  describeCommand(parent, "apply", {
    summary: "decide the orders anew that wait for a conflict to be settled, once the rule is on",
    example: "rule apply home-territory",
  })
    .argument("<rule>", "its name in the configuration")
    .action(
      run(async (cli, rule: string) => {
        const { applyRule } = await import("../conflict-rules.ts");
        const applied = await cli.withDeps((deps) => applyRule(deps, rule));
        cli.print(
          applied,
          () =>
            `Decided ${countOf(applied.decided, "held order")} anew: ${applied.credited} are credited now.\n`,
        );
      }),
    );
}
