import { type Html, html } from "../../../pages/html.ts";
import { emptyState } from "../../../pages/parts.ts";
import { assignPlan, assignPlanToPartners, listPlans, type NewAssignment } from "../../../plans/plans.ts";
import {
  type AssignmentPreview,
  type ChangedPartner,
  daysUntil,
  previewAssignment,
} from "../../../plans/preview-assignment.ts";
import { instant } from "../../../words/clock.ts";
import { Refusal } from "../../../words/refusal.ts";
import { consolePage, type Desk, given, goTo } from "../kit/desk.ts";
import { askPage, confirmPage, entered, keptFields, line, pick, radios } from "../kit/fields.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { dayText, newestOf, planPath, requestPath } from "../kit/shown.ts";
import { startOfDay } from "../kit/time-fields.ts";

const kinds = ["distributor", "reseller", "affiliate"] as const;
const targets = ["partner", "kind", "default"] as const;
const fieldNames = ["plan", "version", "target", "partner", "kind", "since"];
const crumbs = ({ say }: Desk) => [html`<a href="/console/plans">${say.say("nav_plans")}</a>`];

/** Asks whom a plan pays: the same question as `plan assign`, of one partner or of several at once. */
export async function assignPage(desk: Desk, problem?: string | Html): Promise<Response> {
  const { say, deps } = desk;
  const plans = newestOf((await listPlans(deps)).plans);
  if (plans.length === 0)
    return consolePage(desk, {
      title: say.say("assign_plan"),
      crumbs: crumbs(desk),
      content: emptyState(say.say("no_plan"), say.say("no_plan_why")),
    });
  const value = (name: string) => entered(desk, name);
  const target = value("target") || (value("partner") === "" ? "kind" : "partner");
  return askPage(desk, {
    title: say.say("assign_plan"),
    lead: say.say("assign_lead"),
    crumbs: crumbs(desk),
    problem,
    action: "/console/plans/assign",
    hidden: { step: "check" },
    fields: html`${pick(
      "plan",
      say.say("plan"),
      plans.map(({ plan, name, version }) => [plan, `${name} (${say.say("version", { version })})`]),
      value("plan"),
    )}
${line("version", say.say("assign_version"), value("version"), { inputmode: "numeric", maxlength: 4, placeholder: say.say("assign_newest") })}
${radios(
  "target",
  say.say("applies_to"),
  targets.map((one) => [one, say.say(`target_${one}`)]),
  target,
)}
${line("partner", say.say("partner"), value("partner"), { maxlength: 4_000, hint: say.say("assign_partners_hint") })}
${pick(
  "kind",
  say.say("kind"),
  kinds.map((one) => [one, say.say(`partner_${one}`)]),
  value("kind"),
)}
${line("since", say.say("assign_since"), value("since"), { type: "date", hint: say.say("assign_since_hint") })}`,
    label: say.say("assign_see"),
    back: "/console/plans",
  });
}

/** Assigns a plan; the form of the page asks first whom that changes. */
export function assign(desk: Desk): Promise<Response> {
  const { deps, c } = desk;
  return orAgain(
    desk,
    (problem) => assignPage(desk, problem),
    async () => {
      const { partners, ...asked } = readAsked(desk);
      if (given(c.get("form"), "step") === "check")
        return previewPage(desk, await previewAssignment(deps, { ...asked, partners }));
      const [first] =
        partners === undefined
          ? [await assignPlan(deps, asked)]
          : await assignPlanToPartners(deps, asked, partners);
      const waits = first?.waits ?? null;
      return waits === null ? goTo("/console/plans", "assigned") : goTo(requestPath(waits.id), "pending");
    },
  );
}

type Asked = Omit<NewAssignment, "partner"> & { partners?: readonly string[] };

function readAsked({ c }: Desk): Asked {
  const form = c.get("form");
  const [target, kind, version] = ["target", "kind", "version"].map((name) => given(form, name));
  if (version !== undefined && !/^[1-9]\d{0,3}$/.test(version))
    throw new Refusal("request_invalid", "A version is a whole number from 1 on.");
  const asked = {
    plan: given(form, "plan") ?? "",
    version: version === undefined ? undefined : Number(version),
    since: startOfDay(given(form, "since")),
  };
  if (target === "default") return asked;
  if (target === "partner") {
    const partners = (given(form, "partner") ?? "").split(/[\s,;]+/).filter((one) => one !== "");
    if (partners.length === 0) throw new Refusal("request_invalid", "Say which partner it pays.");
    return { ...asked, partners };
  }
  if (target !== "kind" || !kinds.some((one) => one === kind))
    throw new Refusal(
      "request_invalid",
      "Say whom it pays: partners, a kind of partners, or everybody else.",
    );
  return { ...asked, kind };
}

/** Whom it would pay otherwise, before it does. */
function previewPage(desk: Desk, preview: AssignmentPreview): Promise<Response> {
  const { say, deps } = desk;
  const { plan, version, since, changed, same } = preview;
  const now = deps.clock();
  const days = daysUntil(instant(Date.parse(since)), now);
  const name = (one: ChangedPartner["before"]) =>
    one === null
      ? say.say("no_plan")
      : html`<a href="${planPath(one.plan)}?version=${one.version}">${one.plan}</a> ${say.say("version", { version: one.version })}`;
  return confirmPage(desk, {
    title: say.say("assign_preview"),
    lead: say.say("assign_preview_lead", { day: dayText(desk, since) }),
    crumbs: crumbs(desk),
    action: "/console/plans/assign",
    sent: keptFields(desk, fieldNames),
    heading: say.say("assign_changes"),
    content: html`${
      changed.length === 0
        ? emptyState(say.say("assign_nobody"))
        : plainTable<ChangedPartner>(desk, say.say("assign_changes"), changed, [
            {
              heading: say.say("partner"),
              cell: (one) =>
                html`${partnerLink(one.partner, one.name)} <span class="sub">${one.partner}</span>`,
            },
            { heading: say.say("assign_before"), cell: ({ before }) => name(before) },
            {
              heading: say.say("assign_after"),
              cell: ({ until }) =>
                html`${name({ plan, version })}${until !== null && html` <span class="sub">${say.say("assign_taken", { day: dayText(desk, until) })}</span>`}`,
            },
          ])
    }${same.length > 0 && html`<details><summary>${say.say("assign_same")}: ${say.number(same.length)}</summary><ul>${same.map((one) => html`<li>${partnerLink(one.partner, one.name)}: ${name(one.by)}</li>`)}</ul></details>`}${
      Date.parse(since) < now - 86_400_000 && html`<p>${say.say("assign_past")}</p>`
    }${days > 0 && html`<p>${say.say("assign_ahead", { count: days })} ${say.say("lowered_announce")}</p>`}`,
    label: say.say("assign_do"),
    back: "/console/plans/assign",
  });
}
