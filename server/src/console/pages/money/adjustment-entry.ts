import { adjust, type NewAdjustment } from "../../../adjustments/adjust.ts";
import { adjustmentKinds, allowanceKinds } from "../../../adjustments/adjustment.ts";
import { foreseeApproval } from "../../../adjustments/approval.ts";
import { requirePartner } from "../../../channel/active-partner.ts";
import { type Html, html } from "../../../pages/html.ts";
import { facts } from "../../../pages/parts.ts";
import { minorOf } from "../../../words/money.ts";
import { Refusal } from "../../../words/refusal.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import { askPage, confirmPage, entered, isConfirmed, keptFields, line, pick } from "../kit/fields.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerChoice } from "../kit/partner-choices.ts";

const path = "/console/adjustments";
const adjustmentPath = (id: string): string => `${path}/${encodeURIComponent(id)}`;
const crumbs = (desk: Desk): Html[] => [html`<a href="${path}">${desk.say.say("nav_adjustments")}</a>`];

const adjustFields = [
  "partner",
  "amount",
  "currency",
  "kind",
  "reference",
  "note",
  "allowance",
  "budget",
  "claim",
] as const;

/** Asks what to book: the same question as `ledger adjust`. */
export function adjustPage(desk: Desk, problem?: string | Html): Promise<Response> {
  const { say } = desk;
  const value = (name: (typeof adjustFields)[number]) => entered(desk, name);
  return askPage(desk, {
    title: say.say("adjust_title"),
    lead: say.say("adjust_lead"),
    crumbs: crumbs(desk),
    problem,
    fields: html`${line("partner", say.say("partner"), value("partner"), { required: true, ...partnerChoice })}
${line("amount", say.say("amount"), value("amount"), { required: true, inputmode: "text", hint: say.say("adjust_amount_hint") })}
${line("currency", say.say("currency_code"), value("currency"), { required: true, maxlength: 3 })}
${pick(
  "kind",
  say.say("kind"),
  adjustmentKinds.map((one) => [one, say.say(`adjust_${one}`)] as const),
  value("kind") || "adjustment",
)}
${line("reference", say.say("reference"), value("reference"), { required: true, hint: say.say("reference_hint") })}
${line("note", say.say("note"), value("note"), { required: true, hint: say.say("adjust_note_hint") })}
<details${value("kind") === "allowance" && html` open`}><summary>${say.say("allowance_details")}</summary>
${pick("allowance", say.say("allowance_for"), [["", "–"] as const, ...allowanceKinds.map((one) => [one, say.say(`allowance_${one}`)] as const)], value("allowance"))}
${line("budget", say.say("allowance_budget"), value("budget"))}
${line("claim", say.say("allowance_claim"), value("claim"))}</details>`,
    label: say.say("see_what_comes"),
    back: path,
  });
}

/** Books an amount: first repeats it, and says whether a second person is needed, then does it. */
export const enterAdjustment = (desk: Desk): Promise<Response> =>
  orAgain(
    desk,
    (problem) => adjustPage(desk, problem),
    async () => {
      const { say, deps } = desk;
      const asked = readNew(desk);
      if (isConfirmed(desk)) {
        const { id, status } = await adjust(deps, asked);
        return goTo(adjustmentPath(id), status === "pending" ? "pending" : "booked");
      }
      const { name } = await deps.store.read((tx) => requirePartner(tx, asked.partner));
      const waits = await foreseeApproval(deps, asked);
      const { allowance } = asked;
      return confirmPage(desk, {
        title: say.say("adjust_confirm", {
          amount: say.money(asked.amountMinor, asked.currency),
          partner: name,
        }),
        lead: say.say(waits ? "adjust_second" : "rehearsed"),
        crumbs: crumbs(desk),
        sent: keptFields(desk, adjustFields),
        heading: say.say("facts"),
        content: facts([
          [say.say("kind"), say.say(`adjust_${asked.kind}`)],
          [say.say("amount"), say.money(asked.amountMinor, asked.currency)],
          [say.say("reference"), asked.reference],
          [say.say("note"), asked.note],
          [say.say("allowance_for"), allowance && say.say(`allowance_${allowance.for}`)],
          [say.say("allowance_budget"), allowance?.budget],
          [say.say("allowance_claim"), allowance?.claim],
        ]),
        label: say.say(waits ? "adjust_note_it" : "adjust_do"),
        back: path,
        isDanger: asked.amountMinor < 0,
      });
    },
  );

function readNew({ c }: Desk): NewAdjustment {
  const form = c.get("form");
  const text = (name: (typeof adjustFields)[number]) => given(form, name) ?? "";
  const currency = text("currency").toUpperCase();
  const amountMinor = minorOf(text("amount"), currency);
  if (amountMinor === undefined)
    throw new Refusal("request_invalid", "An amount is written with a point: 12.50 or -12.50.", {
      field: "amount",
    });
  const kind = adjustmentKinds.find((one) => one === text("kind"));
  if (kind === undefined) throw new Refusal("request_invalid", "Say what it is.", { field: "kind" });
  const purpose = allowanceKinds.find((one) => one === text("allowance"));
  if (kind === "allowance" && purpose === undefined)
    throw new Refusal("request_invalid", "Say what the allowance is for.", { field: "allowance" });
  const allowance =
    kind !== "allowance" || purpose === undefined
      ? undefined
      : { for: purpose, budget: text("budget"), claim: text("claim") };
  return {
    partner: text("partner"),
    amountMinor,
    currency,
    kind,
    reference: text("reference"),
    note: text("note"),
    allowance,
  };
}
