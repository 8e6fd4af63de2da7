import { explainOrder } from "../../../orders/explain/explain-order.ts";
import { type Correction, correctOrder } from "../../../orders/rule/correct-order.ts";
import { resolveOrder } from "../../../orders/rule/resolve-order.ts";
import { hiddenFields } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import { card, confirmButtons, notice, outcomeNotice } from "../../../pages/parts.ts";
import { consolePage, type Desk, formFields, given, goTo } from "../kit/desk.ts";
import { line, noteField } from "../kit/fields.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { orderPath, requestPath } from "../kit/shown.ts";
import { headline, recordContent, rehearsalNotice } from "./order-record.ts";

/** An order as the address names it. */
export interface NamedOrder {
  shop: string;
  order: string;
}

/** Asks who earned an order: the same question as `order resolve`. */
export async function resolvePage(desk: Desk, named: NamedOrder, problem?: string | Html): Promise<Response> {
  const { say, deps, address } = desk;
  const record = await explainOrder(deps, named.shop, named.order);
  const form = desk.c.get("form");
  const value = (name: string) => given(form, name) ?? given(address.query, name) ?? "";
  const expected = record.evidence.find(({ reason }) => reason === "held")?.partner ?? record.partner ?? "";
  return actionPage(desk, named, {
    title: say.say("resolve_title", { order: record.order }),
    lead: headline(desk, record),
    problem,
    form: html`${hiddenFields({ ...formFields(desk), step: "rehearse" })}<fieldset><legend>${say.say("who_earned")}</legend>
<label class="choice"><input type="radio" name="to" value="partner"${value("to") === "nobody" ? "" : html` checked`}><span>${say.say("earned_by_partner")}</span></label>
${line("partner", say.say("partner"), value("partner") || expected, partnerChoice)}
<label class="choice"><input type="radio" name="to" value="nobody"${value("to") === "nobody" && html` checked`}><span>${say.say("earned_by_nobody")}</span></label></fieldset>
${noteField(desk, value("note"))}${confirmButtons(desk.kit, { label: say.say("see_what_comes"), back: orderPath(named.shop, named.order) })}`,
  });
}

/** Rules on an order: first only says what would come of it, then does it. */
export async function resolve(desk: Desk, named: NamedOrder): Promise<Response> {
  const { say, deps, c } = desk;
  const form = c.get("form");
  const note = given(form, "note") ?? "";
  const to = given(form, "to") === "nobody" ? null : (given(form, "partner") ?? "");
  const resolution = { ...named, partner: to, note };
  return orAgain(
    desk,
    (problem) => resolvePage(desk, named, problem),
    async () => {
      if (given(form, "step") === "do") {
        const { waits } = await resolveOrder(deps, resolution);
        return waits?.id === undefined
          ? goTo(orderPath(named.shop, named.order), "resolved")
          : goTo(requestPath(waits.id), "pending");
      }
      const { order, alsoDecided, waits } = await resolveOrder(deps, { ...resolution, dryRun: true });
      const sent = { to: to === null ? "nobody" : "partner", partner: to ?? "", note, step: "do" };
      return consolePage(desk, {
        title: say.say("resolve_confirm", { order: order.order }),
        content: html`${rehearsalNotice(desk, order)}${waits !== null && notice(say.say("adjust_second"), "plain")}
${
  alsoDecided.length > 0 &&
  notice(
    say.say("also_decided", { count: alsoDecided.length }),
    "plain",
    alsoDecided.map((one) => one.order).join(", "),
  )
}<form method="post" action="${orderPath(named.shop, named.order)}/resolve">${hiddenFields({ ...formFields(desk), ...sent })}${confirmButtons(
          desk.kit,
          { label: say.say("resolve_do"), back: orderPath(named.shop, named.order) },
        )}</form>
<div class="stack">${recordContent(desk, order)}</div>`,
      });
    },
  );
}

/** Asks what a shop did not tell of an order's money: the same question as `order correct`. */
export async function correctPage(desk: Desk, named: NamedOrder, problem?: string | Html): Promise<Response> {
  const { say, deps } = desk;
  const record = await explainOrder(deps, named.shop, named.order);
  const form = desk.c.get("form");
  const reverses = given(form, "reverses") ?? given(desk.address.query, "reverses") ?? "";
  const what = given(form, "what") ?? "refunded";
  const choices = ["refunded", "restored", "void"] as const;
  return actionPage(desk, named, {
    title: say.say("correct_title", { order: record.order }),
    lead: say.say("correct_lead", {
      net: say.money(record.netMinor, record.currency),
      lost: say.money(record.lostNetMinor, record.currency),
    }),
    problem,
    form: html`${hiddenFields({ ...formFields(desk), step: "confirm" })}${
      reverses === ""
        ? whatFields()
        : html`${hiddenFields({ what: "reverses", reverses })}<p>${say.say("correct_reverses", { id: reverses })}</p>`
    }
${noteField(desk, given(form, "note") ?? "")}${referenceField(desk, given(form, "reference") ?? "")}${confirmButtons(desk.kit, { label: say.say("see_what_comes"), back: orderPath(named.shop, named.order) })}`,
  });

  function whatFields(): Html {
    return html`<fieldset><legend>${say.say("what_happened")}</legend>
${choices.map(
  (one) =>
    html`<label class="choice"><input type="radio" name="what" value="${one}"${what === one && html` checked`}><span>${say.say(`correct_${one}`)}</span></label>\n`,
)}</fieldset>
<div class="field"><label for="amount">${say.say("amount_gross", { currency: record.currency })}</label><input id="amount" name="amount" value="${given(form, "amount") ?? ""}" inputmode="decimal" maxlength="40" autocomplete="off" aria-describedby="amount-hint"><p class="hint" id="amount-hint">${say.say("amount_hint")}</p></div>`;
  }
}

/** Enters a correction: first repeats it, then does it. */
export async function correct(desk: Desk, named: NamedOrder): Promise<Response> {
  const { say, deps, c } = desk;
  const form = c.get("form");
  const sent = (name: string) => given(form, name) ?? "";
  const [amount, note, reference, reverses] = [
    sent("amount"),
    sent("note"),
    sent("reference"),
    sent("reverses"),
  ];
  const what = whatSent(given(form, "what"), { amount, reverses });
  const correction = { ...named, note, ...(reference.trim() === "" ? {} : { reference }) };
  return orAgain(
    desk,
    (problem) => correctPage(desk, named, problem),
    async () => {
      if (what === undefined) return correctPage(desk, named);
      if (given(form, "step") === "do") {
        const { waits } = await correctOrder(deps, { ...correction, what: what.said });
        return goTo(
          waits?.id === undefined ? orderPath(named.shop, named.order) : requestPath(waits.id),
          waits === null ? "corrected" : "pending",
        );
      }
      // What would be refused is refused before it is repeated.
      await correctOrder(deps, { ...correction, what: what.said }, { dryRun: true });
      const record = await explainOrder(deps, named.shop, named.order);
      return actionPage(desk, named, {
        title: say.say("correct_confirm", { order: record.order }),
        lead: say.say("correct_confirm_lead"),
        form: html`<dl class="facts"><dt>${say.say("what_happened")}</dt><dd>${
          what.name === "reverses"
            ? say.say("correct_reverses", { id: reverses })
            : say.say(`correct_${what.name}`)
        }</dd>${
          (what.name === "refunded" || what.name === "restored") &&
          html`<dt>${say.say("amount")}</dt><dd>${amount} ${record.currency}</dd>`
        }<dt>${say.say("note")}</dt><dd>${note}</dd>${reference.trim() !== "" && html`<dt>${say.say("correct_reference")}</dt><dd>${reference}</dd>`}</dl><p></p>
${hiddenFields({ ...formFields(desk), what: what.name, amount, reverses, note, reference, step: "do" })}${confirmButtons(
  desk.kit,
  {
    label: say.say("correct_do"),
    back: orderPath(named.shop, named.order),
    isDanger: what.name === "void",
  },
)}`,
      });
    },
  );
}

/** What the form says happened; nothing where it says none of what may. */
function whatSent(
  name: string | undefined,
  { amount, reverses }: { amount: string; reverses: string },
): { name: "refunded" | "restored" | "void" | "reverses"; said: Correction["what"] } | undefined {
  switch (name) {
    case "refunded":
      return { name, said: { refunded: amount } };
    case "restored":
      return { name, said: { restored: amount } };
    case "void":
      return { name, said: { void: true } };
    case "reverses":
      return reverses === "" ? undefined : { name, said: { reverses } };
    default:
      return undefined;
  }
}

function actionPage(
  desk: Desk,
  { shop, order }: NamedOrder,
  {
    title,
    lead,
    problem,
    form,
  }: { title: string; lead?: string; problem?: string | Html | undefined; form: Html },
): Promise<Response> {
  const { say, address } = desk;
  return consolePage(desk, {
    title,
    lead,
    status: problem === undefined ? 200 : 422,
    crumbs: [
      html`<a href="/console/orders">${say.say("nav_orders")}</a>`,
      html`<a href="${orderPath(shop, order)}">${order}</a>`,
    ],
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${card({
      title: say.say("action_title"),
      content: html`<form method="post" action="${address.path}">${form}</form>`,
    })}`,
  });
}

const referenceField = ({ say }: Desk, value: string): Html =>
  html`<div class="field"><label for="reference">${say.say("correct_reference")}</label><input id="reference" name="reference" value="${value}" maxlength="200" autocomplete="off" aria-describedby="reference-hint"><p class="hint" id="reference-hint">${say.say("correct_reference_hint")}</p></div>
`;
