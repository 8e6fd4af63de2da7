import { listOrders, type OrderSummary } from "../../../orders/explain/list-orders.ts";
import { type ClassResolution, type ResolvedClass, resolveHeld } from "../../../orders/rule/resolve-held.ts";
import { addressWith } from "../../../pages/address.ts";
import { hiddenFields } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import { withoutSort } from "../../../pages/listing.ts";
import { buttonLink, card, confirmButtons, emptyState, notice, outcomeNotice } from "../../../pages/parts.ts";
import { countedAtMost, countNewestHeld } from "../../rows/first-screen.ts";
import { consolePage, type Desk, formFields, given, goTo } from "../kit/desk.ts";
import { line, noteField } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { orAgain } from "../kit/or-again.ts";
import { orderColumns } from "../kit/order-columns.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { reasonText, requestPath } from "../kit/shown.ts";

const pageRows = 50;
const rulePath = "/console/held/rule";

/** Orders that wait for a person, by what they wait for. */
export async function heldPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const counts = await deps.store.read(countNewestHeld);
  const [reason, after] = [given(address.query, "reason"), given(address.query, "after")];
  const { orders, next } = await listOrders(deps, {
    outcome: "held",
    limit: pageRows,
    ...(reason === undefined ? {} : { reason }),
    ...(after === undefined ? {} : { after }),
  });
  const isMany = counts.reduce((sum, one) => sum + one.orders, 0) >= countedAtMost;
  return listPage<OrderSummary>(desk, {
    title: say.say("nav_held"),
    lead: isMany ? say.say("held_many", { count: countedAtMost }) : say.say("held_lead"),
    actions:
      reason === undefined || orders.length === 0
        ? undefined
        : buttonLink(
            say.say("rule_class"),
            addressWith({ path: rulePath, query: new URLSearchParams() }, { reason }),
            true,
          ),
    heading: reason === undefined ? say.say("held_all") : reasonText(desk, reason),
    file: "held",
    columns: orderColumns(desk),
    rows: orders,
    filters: [
      {
        name: "reason",
        label: say.say("reason"),
        options: counts.map(
          (one) => [one.reason, `${reasonText(desk, one.reason)} (${say.number(one.orders)})`] as const,
        ),
      },
    ],
    next,
    empty: { title: say.say("no_held"), text: say.say("no_held_why") },
  });
}

/** Asks how to rule on all orders that wait for one reason: the same question as `order resolve --all`. */
export async function rulePage(desk: Desk, problem?: string | Html): Promise<Response> {
  const { say, kit, address } = desk;
  const form = desk.c.get("form");
  const value = (name: string) => given(form, name) ?? given(address.query, name) ?? "";
  const to = value("to") || "as-decided";
  const choices = ["as-decided", "nobody", "partner"] as const;
  const reason = value("reason");
  return consolePage(desk, {
    title: say.say("rule_title"),
    lead: say.say("rule_lead", { why: reasonText(desk, reason) }),
    crumbs: [html`<a href="/console/held">${say.say("nav_held")}</a>`],
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${card({
      title: say.say("action_title"),
      content: html`<form method="post" action="${rulePath}">${hiddenFields({ ...formFields(desk), reason, step: "rehearse" })}
${line("of", say.say("rule_of"), value("of"), partnerChoice)}
<fieldset><legend>${say.say("rule_to")}</legend>
${choices.map(
  (one) =>
    html`<label class="choice"><input type="radio" name="to" value="${one}"${to === one && html` checked`}><span>${say.say(`rule_to_${one === "as-decided" ? "decided" : one}`)}</span></label>\n`,
)}</fieldset>
${line("partner", say.say("rule_partner"), value("partner"), partnerChoice)}
${noteField(desk, value("note"))}${confirmButtons(kit, { label: say.say("see_what_comes"), back: "/console/held" })}</form>`,
    })}`,
  });
}

/** Rules on a class of held orders: first only says what would come of it, then does it. */
export async function rule(desk: Desk): Promise<Response> {
  const { say, deps, c } = desk;
  const form = c.get("form");
  const [reason, of, to] = [given(form, "reason") ?? "", given(form, "of"), given(form, "to")];
  const partner = given(form, "partner") ?? "";
  const note = given(form, "note") ?? "";
  const whom: ClassResolution["to"] = to === "nobody" || to === "as-decided" ? to : { partner };
  const resolution: ClassResolution = { reason, partner: of, to: whom, note };
  return orAgain(
    desk,
    (problem) => rulePage(desk, problem),
    async () => {
      if (given(form, "step") === "do") {
        const { waits } = await resolveHeld(deps, resolution);
        return waits?.id === undefined
          ? goTo("/console/held", "resolved")
          : goTo(requestPath(waits.id), "pending");
      }
      const resolved = await resolveHeld(deps, { ...resolution, dryRun: true });
      return consolePage(desk, {
        title: say.say("rule_confirm", { count: resolved.count }),
        lead: say.say("rehearsed"),
        crumbs: [html`<a href="/console/held">${say.say("nav_held")}</a>`],
        content: card({
          title: reasonText(desk, reason),
          content: html`${resolved.waits !== null && notice(say.say("adjust_second"), "plain")}${ruledTable(desk, resolved)}
<form method="post" action="${rulePath}">${hiddenFields({ ...formFields(desk), reason, of: of ?? "", to: to ?? "partner", partner, note, step: "do" })}${
            resolved.count > 0 &&
            confirmButtons(desk.kit, {
              label: say.say("rule_do", { count: resolved.count }),
              back: "/console/held",
            })
          }</form>`,
        }),
      });
    },
  );
}

const shownAtMost = 100;

function ruledTable(desk: Desk, { orders }: ResolvedClass): Html {
  const { say } = desk;
  if (orders.length === 0) return emptyState(say.say("no_held"));
  const [order, , , , ...rest] = orderColumns(desk).map(withoutSort);
  const columns = [
    ...(order === undefined ? [] : [order]),
    {
      heading: say.say("ruled_to"),
      cell: (row: ResolvedClass["orders"][number]) =>
        row.ruledTo === null ? say.say("nobody") : partnerLink(row.ruledTo),
    },
    ...rest,
  ];
  return plainTable(desk, say.say("rule_title"), orders.slice(0, shownAtMost), columns);
}
