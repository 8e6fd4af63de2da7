import { describe, expect, it } from "vitest";
import type { Run } from "../../server/src/deps/run.ts";
import { createProgram } from "../../server/src/receiver/commands/program.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { openConsole } from "./console-world.ts";

/** What belongs to the machine, a shell or a file on it, and has no place in a browser. */
const ofTheMachine =
  /^(init|serve|config check|completion|backup|pepper|stamp|outbox run|plan schema|ledger accept|ledger head)\b/;

/** Each command that a person does by hand, with the path of the console where she does it. */
const places: Readonly<Record<string, string>> = {
  "key list": "/console/keys",
  "key export": "/.well-known/jwks.json",
  "key rotate": "/console/keys/rotate",
  "key revoke": "/console/keys/revoke",
  "partner add": "/console/partners/add",
  "partner list": "/console/partners",
  "partner show": "/console/partners/{id}",
  "partner edit": "/console/partners/{id}/edit",
  "partner end": "/console/partners/{id}/end",
  "partner resume": "/console/partners/{id}/end",
  "partner suspend": "/console/partners/{id}/suspend",
  "partner merge": "/console/partners/{id}/merge",
  "partner history": "/console/partners/{id}",
  "partner position": "/console/partners/{id}",
  "partner tree": "/console/tree",
  "partner key issue": "/console/partners/{id}/keys/issue",
  "partner key list": "/console/partners/{id}",
  "partner key revoke": "/console/partners/{id}/keys/revoke",
  "partner webhook set": "/console/partners/{id}/webhook/set",
  "partner webhook show": "/console/partners/{id}/webhook",
  "partner webhook test": "/console/partners/{id}/webhook/test",
  "partner webhook rotate": "/console/partners/{id}/webhook/rotate",
  "partner webhook remove": "/console/partners/{id}/webhook/remove",
  "partner details set": "/console/partners/{id}/details/set",
  "partner details show": "/console/partners/{id}/details",
  "partner details history": "/console/partners/{id}/details",
  "partner form-link": "/console/partners/{id}/form-link",
  "agreement set": "/console/partners/{id}/agreement",
  "agreement show": "/console/partners/{id}",
  "agreement history": "/console/partners/{id}",
  "token issue": "/console/tokens/issue",
  "token verify": "/console/tokens/verify",
  "token revoke": "/console/tokens/revoke",
  "coupon add": "/console/coupons/add",
  "coupon list": "/console/coupons",
  "coupon end": "/console/coupons/end",
  "email import": "/console/addresses/import",
  "email list": "/console/addresses",
  "email erase": "/console/addresses/erase",
  "serial import": "/console/serials/import",
  "serial assign": "/console/serials/{id}/assign",
  "serial list": "/console/serials",
  "serial show": "/console/search",
  "serial revoke": "/console/serials/{id}/revoke",
  "movement list": "/console/movements",
  "voucher issue": "/console/vouchers/issue",
  "voucher list": "/console/vouchers",
  "voucher revoke": "/console/vouchers/revoke",
  "shop check": "/console/shops/{id}/check",
  "shop list": "/console/shops",
  "shop reconcile": "/console/shops/{id}/reconcile",
  "shop replay": "/console/shops/replay",
  "period list": "/console/periods",
  "period forecast": "/console/periods/forecast",
  "period close": "/console/periods/{id}/close",
  "deal register": "/console/deals/register",
  "deal list": "/console/deals",
  "deal decide": "/console/deals/{id}",
  "deal extend": "/console/deals/{id}",
  "deal end": "/console/deals/{id}",
  "rule list": "/console/rules",
  "rule preview": "/console/rules/{id}",
  "rule apply": "/console/rules/{id}/apply",
  "plan add": "/console/plans/edit",
  "plan list": "/console/plans",
  "plan show": "/console/plans/{id}",
  "plan assign": "/console/plans/assign",
  "plan simulate": "/console/work/simulate",
  "plan announce": "/console/plans/{id}/announce",
  "order explain": "/console/orders/{shop}/{id}",
  "order list": "/console/orders",
  "order find": "/console/search",
  "order correct": "/console/orders/{shop}/{id}/correct",
  "order resolve": "/console/orders/{shop}/{id}/resolve",
  "ledger balances": "/console/partners",
  "ledger verify": "/console/work/verify",
  "ledger export": "/console/journal",
  "ledger release": "/console/work/release",
  "ledger adjust": "/console/adjustments/new",
  "ledger approve": "/console/adjustments/{id}/approve",
  "ledger refuse": "/console/adjustments/{id}/refuse",
  "adjustment list": "/console/adjustments",
  "adjustment show": "/console/adjustments/{id}",
  "approval list": "/console/adjustments",
  "approval show": "/console/approvals/{id}",
  "reward list": "/console/rewards",
  "reward show": "/console/rewards/{id}",
  "reward redeem": "/console/rewards/{id}/redeem",
  "reward end": "/console/reward-offers/end",
  "reward offers": "/console/reward-offers",
  "reward offer": "/console/reward-offers/draft",
  "reward start": "/console/reward-offers/start",
  "reward codes": "/console/reward-offers/codes",
  "statement close": "/console/statements/close",
  "statement list": "/console/statements",
  "statement show": "/console/statements/{id}",
  "statement export": "/console/statements/{id}/export",
  "statement verify": "/console/work/verify-statements",
  "statement accept": "/console/statements/{id}/answer",
  "statement contest": "/console/statements/{id}/answer",
  "payout propose": "/console/payouts/propose",
  "payout approve": "/console/payouts/{id}/approve",
  "payout export": "/console/payouts/{id}/export",
  "payout confirm": "/console/payouts/{id}/confirm",
  "payout cancel": "/console/payouts/{id}/cancel",
  "payout list": "/console/payouts",
  "payout show": "/console/payouts/{id}",
  "payout year": "/console/payouts/year",
  "dispute open": "/console/disputes/open",
  "dispute list": "/console/disputes",
  "dispute show": "/console/disputes/{id}",
  "dispute answer": "/console/disputes/{id}/answer",
  "dispute rule": "/console/disputes/{id}/rule",
  import: "/console/import",
  "report earnings": "/console/earnings",
  "audit list": "/console/audit",
  "person add": "/console/people/add",
  "person list": "/console/people",
  "person remove": "/console/people/remove",
  "person export": "/console/customers/export",
  "person erase": "/console/customers/erase",
  "mail test": "/console/mail/test",
  "mail list": "/console/mail",
  "mail retry": "/console/mail/retry",
  "network list": "/console/networks",
  "network link": "/console/networks/link",
  "network unlink": "/console/networks/unlink",
  "network test": "/console/networks/test",
  "customer add": "/console/customers/add",
  "customer import": "/console/customers/import",
  "customer list": "/console/customers",
  "customer remove": "/console/customers/remove",
  "customer organisations": "/console/customers/organisations",
  "customer move": "/console/customers/organisations/move",
  "notice send": "/console/notices/write",
  "notice list": "/console/notices",
  "notice show": "/console/notices/{id}",
  "notice renewals": "/console/notices/renewals",
  "outbox list": "/console/outbox",
  "outbox show": "/console/outbox/{id}",
  "outbox replay": "/console/outbox/{id}/replay",
  "outbox drop": "/console/outbox/{id}/drop",
};

interface Described {
  name(): string;
  commands: readonly Described[];
}

/** The commands that do something, by all their words. */
function leavesOf(command: Described, words: readonly string[] = []): string[] {
  return command.commands.length === 0
    ? [words.join(" ")]
    : command.commands.flatMap((one) => leavesOf(one, [...words, one.name()]));
}

describe("every command that a person does by hand", () => {
  it("has a place in the console, or belongs to the machine", async () => {
    const unused = (() => () => Promise.resolve()) as unknown as Run;
    const terminal = { stdout: process.stdout, stderr: process.stderr } as never;
    const commands = leavesOf(await createProgram(terminal, unused, { whole: true })).filter(
      (one) => !ofTheMachine.test(one),
    );
    const { app } = await openConsole(benchOf("sqlite"));
    const paths = new Set(app.declared.map(({ path }) => path));
    expect(commands.length).toBeGreaterThan(90);
    expect(commands.filter((one) => !paths.has(places[one] ?? ""))).toEqual([]);
    // A line here that no command has is a place that was forgotten when the command went.
    expect(Object.keys(places).filter((one) => !commands.includes(one))).toEqual([]);
  });
});
