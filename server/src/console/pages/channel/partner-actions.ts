import { noticeKinds, sharingLevels } from "../../../agreements/agreement.ts";
import {
  type NewAgreement,
  readAgreementHistory,
  setAgreement,
  showAgreement,
} from "../../../channel/agreements.ts";
import { editPartner } from "../../../channel/edit-partner.ts";
import { type PartnerChanges, partnerKinds } from "../../../channel/partner.ts";
import { addPartner, endPartner, resumePartner, showPartner } from "../../../channel/partners.ts";
import { type Html, html } from "../../../pages/html.ts";
import { facts } from "../../../pages/parts.ts";
import { as } from "../../../words/ids.ts";
import { Refusal } from "../../../words/refusal.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import { askPage, boxes, confirmPage, entered, isConfirmed, keptFields, line, pick } from "../kit/fields.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerPath } from "../kit/partner-names.ts";
import { dayText } from "../kit/shown.ts";
import { startOfDay } from "../kit/time-fields.ts";

const crumbs = (desk: Desk, id?: string): Html[] => [
  html`<a href="/console/partners">${desk.say.say("nav_partners")}</a>`,
  ...(id === undefined ? [] : [html`<a href="${partnerPath(id)}">${id}</a>`]),
];
const sharingOptions = ({ say }: Desk) =>
  sharingLevels.map((one) => [one, say.say(`sharing_${one}`)] as const);

/** Asks whom to add: the same question as `partner add`. */
export function addPartnerPage(desk: Desk, problem?: string | Html): Promise<Response> {
  const { say } = desk;
  const value = (name: string) => entered(desk, name);
  return askPage(desk, {
    title: say.say("partner_add"),
    lead: say.say("partner_add_lead"),
    crumbs: crumbs(desk),
    problem,
    fields: html`${line("id", say.say("partner_id"), value("id"), { required: true, maxlength: 64, hint: say.say("partner_id_hint") })}
${line("name", say.say("name"), value("name"), { required: true })}
${pick(
  "kind",
  say.say("kind"),
  partnerKinds.map((one) => [one, say.say(`partner_${one}`)] as const),
  value("kind") || "reseller",
)}
${line("parent", say.say("above"), value("parent"), { ...partnerChoice, hint: say.say("parent_hint") })}
${line("percent", say.say("own_percent"), value("percent"), { inputmode: "decimal", hint: say.say("percent_hint") })}
${line("email", say.say("address"), value("email"), { type: "email", maxlength: 254, hint: say.say("partner_email_hint") })}
${pick("sharing", say.say("sharing"), sharingOptions(desk), value("sharing") || "none")}`,
    label: say.say("partner_add_do"),
    back: "/console/partners",
  });
}

/** Adds a partner. */
export const addOnePartner = (desk: Desk): Promise<Response> =>
  orAgain(
    desk,
    (problem) => addPartnerPage(desk, problem),
    async () => {
      const form = desk.c.get("form");
      const text = (name: string) => given(form, name);
      const { id } = await addPartner(desk.deps, {
        id: text("id") ?? "",
        name: text("name") ?? "",
        kind: partnerKinds.find((one) => one === text("kind")),
        parent: text("parent"),
        percent: percentOf(text("percent")),
        email: text("email"),
        sharing: sharingLevels.find((one) => one === text("sharing")),
      });
      return goTo(partnerPath(id), "partner");
    },
  );

function percentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,3}([.,]\d{1,2})?$/.test(text))
    throw new Refusal("request_invalid", "A percentage is written 12.5, with two decimals at the most.", {
      field: "percent",
    });
  return Number(text.replace(",", "."));
}

/** Asks what to change of a partner: the same question as `partner edit`. */
export async function editPartnerPage(desk: Desk, id: string, problem?: string | Html): Promise<Response> {
  const { say, deps, c } = desk;
  const known = await showPartner(deps, id);
  const value = (name: string, before: string) => c.get("form")?.get(name) ?? before;
  return askPage(desk, {
    title: say.say("partner_edit", { partner: known.name }),
    lead: say.say("partner_edit_lead"),
    crumbs: crumbs(desk, id),
    problem,
    fields: html`${line("name", say.say("name"), value("name", known.name), { required: true })}
${line("percent", say.say("own_percent"), value("percent", String(known.percent)), { required: true, inputmode: "decimal" })}
${line("email", say.say("address"), value("email", ""), { type: "email", maxlength: 254, hint: say.say(known.emailRegistered ? "email_kept_hint" : "partner_email_hint") })}
${line("parent", say.say("above"), value("parent", known.parent ?? ""), { ...partnerChoice, hint: say.say("parent_hint") })}
${line("since", say.say("parent_since"), value("since", ""), { type: "date", hint: say.say("now_hint") })}`,
    label: say.say("partner_edit_do"),
    back: partnerPath(id),
  });
}

/** Changes a partner; what was entered as it was changes nothing. */
export const edit = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => editPartnerPage(desk, id, problem),
    async () => {
      const { deps, c } = desk;
      const form = c.get("form");
      const known = await showPartner(deps, id);
      const [name, percent, email] = ["name", "percent", "email"].map((one) => given(form, one));
      const parent = given(form, "parent") ?? null;
      const rate = percentOf(percent);
      const changes: PartnerChanges = {
        ...(name === undefined || name === known.name ? {} : { name }),
        ...(rate === undefined || rate === known.percent ? {} : { percent: rate }),
        ...(email === undefined ? {} : { email }),
        ...(parent === known.parent ? {} : { parent, since: startOfDay(given(form, "since")) }),
      };
      if (Object.keys(changes).length > 0) await editPartner(deps, id, changes);
      return goTo(partnerPath(id), "partner");
    },
  );

/** Asks before an agreement ends, or before its end is taken back: `partner end`, `partner resume`. */
export async function endPage(desk: Desk, id: string): Promise<Response> {
  const { say, deps } = desk;
  const { name, status } = await showPartner(deps, id);
  const isActive = status === "active";
  return confirmPage(desk, {
    title: say.say(isActive ? "partner_end_confirm" : "partner_resume_confirm", { partner: name }),
    lead: say.say(isActive ? "partner_end_lead" : "partner_resume_lead"),
    crumbs: crumbs(desk, id),
    sent: {},
    heading: say.say("facts"),
    content: facts([
      [say.say("partner"), name],
      [say.say("state"), say.say(`status_${status}`)],
    ]),
    label: say.say(isActive ? "partner_end" : "partner_resume"),
    back: partnerPath(id),
    isDanger: isActive,
  });
}

/** Ends the agreement with a partner, or takes its end back. */
export async function endOrResume(desk: Desk, id: string): Promise<Response> {
  const { deps } = desk;
  if (!isConfirmed(desk)) return endPage(desk, id);
  const { status } = await showPartner(deps, id);
  await (status === "active" ? endPartner(deps, id) : resumePartner(deps, id));
  return goTo(partnerPath(id), "partner");
}

const agreementFields = [
  "sharing",
  ...noticeKinds.map((one) => `notice_${one}`),
  "beforeDays",
  "afterDays",
  "selfBilling",
  "silenceDays",
  "currency",
  "language",
  "note",
  "since",
];

/** Asks what is agreed anew: the same question as `agreement set`. It begins with what holds now. */
export async function agreementPage(desk: Desk, id: string, problem?: string | Html): Promise<Response> {
  const { say, deps, c } = desk;
  const [now, form] = [await showAgreement(deps, id), c.get("form")];
  const value = (name: string, before: string | number | null | undefined) =>
    form?.get(name) ?? (form === undefined ? String(before ?? "") : "");
  return askPage(desk, {
    title: say.say("agreement_title"),
    lead: say.say("agreement_lead"),
    crumbs: crumbs(desk, id),
    problem,
    fields: html`${line("since", say.say("agreement_since"), value("since", ""), { type: "date", hint: say.say("now_hint") })}
${pick("sharing", say.say("sharing"), sharingOptions(desk), value("sharing", now.sharing))}
${boxes(
  say.say("notices"),
  noticeKinds.map((one) => [`notice_${one}`, say.say(`notice_${one}`)] as const),
  (name) => value(name, now.notices.some((one) => `notice_${one}` === name) ? "1" : "") === "1",
)}
${line("beforeDays", say.say("rights_before"), value("beforeDays", now.renewalRights?.beforeDays), { inputmode: "numeric", maxlength: 4, hint: say.say("rights_hint") })}
${line("afterDays", say.say("rights_after"), value("afterDays", now.renewalRights?.afterDays), { inputmode: "numeric", maxlength: 4 })}
${boxes(say.say("self_billing"), [["selfBilling", say.say("self_billing_yes")]], () => value("selfBilling", now.selfBilling ? "1" : "") === "1")}
${line("silenceDays", say.say("silence_days"), value("silenceDays", now.silenceDays), { inputmode: "numeric", maxlength: 3, hint: say.say("silence_hint") })}
${line("currency", say.say("currency_code"), value("currency", now.currency), { maxlength: 3 })}
${line("language", say.say("language"), value("language", now.language), { maxlength: 35, hint: say.say("language_hint") })}
${line("note", say.say("note"), value("note", now.note), { maxlength: 1_000 })}`,
    label: say.say("see_what_comes"),
    back: partnerPath(id),
  });
}

/** Agrees something anew: first shows the version beside the one before, then keeps it. */
export const agree = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => agreementPage(desk, id, problem),
    async () => {
      const { say, deps } = desk;
      const agreed = readAgreed(desk);
      if (isConfirmed(desk)) {
        await setAgreement(deps, id, agreed);
        return goTo(partnerPath(id), "agreement");
      }
      const [now, history] = [await showAgreement(deps, id), await readAgreementHistory(deps, id)];
      const { since } = agreed;
      return confirmPage(desk, {
        title: say.say("agreement_confirm", { version: history.length + 1 }),
        lead: say.say("agreement_confirm_lead", {
          day: since === undefined ? say.say("at_once") : dayText(desk, new Date(since).toISOString()),
        }),
        crumbs: crumbs(desk, id),
        sent: keptFields(desk, agreementFields),
        heading: say.say("difference"),
        content: agreementChange(desk, now, agreed),
        label: say.say("agreement_do"),
        back: partnerPath(id),
      });
    },
  );

function readAgreed({ c }: Desk): NewAgreement {
  const form = c.get("form");
  const text = (name: string) => given(form, name);
  const days = (name: string, most: number): number | null => {
    const value = text(name);
    if (value === undefined) return null;
    if (!/^\d{1,4}$/.test(value) || Number(value) > most)
      throw new Refusal("request_invalid", `Days are a whole number, ${most} at the most.`);
    return Number(value);
  };
  const [before, after, silence] = [
    days("beforeDays", 9_999),
    days("afterDays", 9_999),
    days("silenceDays", 365),
  ];
  if ((before === null) !== (after === null))
    throw new Refusal("request_invalid", "Renewal rights have days before and after a term's end.");
  const currency = text("currency")?.toUpperCase();
  return {
    since: startOfDay(text("since")),
    sharing: sharingLevels.find((one) => one === text("sharing")) ?? "none",
    notices: noticeKinds.filter((one) => text(`notice_${one}`) === "1"),
    renewalRights: before === null || after === null ? null : { beforeDays: before, afterDays: after },
    selfBilling: text("selfBilling") === "1",
    silenceDays: silence === 0 ? null : silence,
    currency: currency === undefined ? null : as.currency(currency),
    language: text("language") ?? null,
    note: text("note") ?? null,
  };
}

/** Two agreements side by side: only what differs. */
function agreementChange({ say }: Desk, before: NewAgreement, after: NewAgreement): Html {
  const words = (one: NewAgreement): (readonly [string, string])[] => [
    [say.say("sharing"), say.say(`sharing_${one.sharing ?? "none"}`)],
    [
      say.say("notices"),
      (one.notices ?? []).map((kind) => say.say(`notice_${kind}`)).join(", ") || say.say("none"),
    ],
    [
      say.say("renewal_rights"),
      one.renewalRights == null
        ? say.say("none")
        : say.say("rights_days", {
            before: one.renewalRights.beforeDays,
            after: one.renewalRights.afterDays,
          }),
    ],
    [say.say("self_billing"), say.say(one.selfBilling === true ? "yes" : "no")],
    [say.say("silence_days"), one.silenceDays == null ? "–" : say.number(one.silenceDays)],
    [say.say("currency"), one.currency ?? "–"],
    [say.say("language"), one.language ?? "–"],
    [say.say("note"), one.note ?? "–"],
  ];
  const old = words(before);
  const changed = words(after).flatMap(([name, value], at) => {
    const was = old[at]?.[1] ?? "–";
    return was === value ? [] : [[name, html`<del>${was}</del> → <ins>${value}</ins>`] as const];
  });
  return changed.length === 0 ? html`<p>${say.say("agreement_same")}</p>` : facts(changed);
}
