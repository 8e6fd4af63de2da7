import { answerDispute } from "../../../disputes/answer-dispute.ts";
import { showDispute } from "../../../disputes/open-dispute.ts";
import {
  type ClassRuling,
  foreseeRuling,
  type RuledClass,
  type Ruling,
  ruleDispute,
  ruleDisputes,
} from "../../../disputes/rule-dispute.ts";
import { type Html, html } from "../../../pages/html.ts";
import { emptyState, facts, listedId } from "../../../pages/parts.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import {
  area,
  askPage,
  confirmPage,
  entered,
  isConfirmed,
  keptFields,
  line,
  noteField,
  radios,
} from "../kit/fields.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerInLine, partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { disputePath } from "../kit/shown.ts";
import { disputePage } from "./dispute-pages.ts";
import { rehearsalNotice } from "./order-record.ts";

/** Answers the partner, or notes something: the same as `dispute answer`. */
export const writeAnswer = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => disputePage(desk, id, problem),
    async () => {
      const form = desk.c.get("form");
      const internal = given(form, "internal") === "1";
      await answerDispute(desk.deps, id, { text: given(form, "text") ?? "", internal });
      return goTo(disputePath(id), internal ? "noted" : "answered");
    },
  );

const crumbs = (desk: Desk): Html[] => [
  html`<a href="/console/disputes">${desk.say.say("nav_disputes")}</a>`,
];
const classFields = ["of", "reason", "to", "partner", "note", "answer"] as const;

/** Asks how to rule on a class of contested decisions: the same question as `dispute rule --all`. */
export function ruleClassPage(desk: Desk, problem?: string | Html): Promise<Response> {
  const { say } = desk;
  const value = (name: (typeof classFields)[number]) => entered(desk, name);
  return askPage(desk, {
    title: say.say("disputes_rule"),
    lead: say.say("disputes_rule_lead"),
    crumbs: crumbs(desk),
    problem,
    fields: html`${line("of", say.say("disputes_of"), value("of"), { ...partnerChoice, hint: say.say("all_partners_hint") })}
${line("reason", say.say("disputes_reason"), value("reason"), { maxlength: 64, hint: say.say("disputes_reason_hint") })}
${radios(
  "to",
  say.say("who_earned"),
  [
    ["as-decided", say.say("dispute_to_decided")],
    ["claimant", say.say("disputes_to_claimant")],
    ["partner", say.say("rule_to_partner")],
    ["nobody", say.say("earned_by_nobody")],
  ],
  value("to") || "as-decided",
)}
${line("partner", say.say("rule_partner"), value("partner"), partnerChoice)}
${noteField(desk, value("note"))}
${area("answer", say.say("dispute_answer"), value("answer"), say.say("dispute_answer_hint"))}`,
    label: say.say("see_what_comes"),
    back: "/console/disputes",
  });
}

/** Rules on a class of contested decisions: first only says which, then does it. */
export const ruleClass = (desk: Desk): Promise<Response> =>
  orAgain(
    desk,
    (problem) => ruleClassPage(desk, problem),
    async () => {
      const { say, deps } = desk;
      const ruling = readRuling(desk);
      if (isConfirmed(desk)) {
        await ruleDisputes(deps, ruling);
        return goTo("/console/disputes", "resolved");
      }
      const { ruled, left } = await ruleDisputes(deps, { ...ruling, dryRun: true });
      return confirmPage(desk, {
        title: say.say("rule_confirm_disputes", { count: ruled.length }),
        crumbs: crumbs(desk),
        sent: keptFields(desk, classFields),
        heading: say.say("nav_disputes"),
        content: html`${ruledTable(desk, ruled)}${
          left.length > 0 &&
          html`<h3>${say.say("left_for_person")}</h3><ul>${left.map((one) => html`<li>${partnerInLine(one.partner, disputePath(one.id))}: ${say.say(one.why === "second_person_needed" ? "done_pending" : `left_${one.why}`)}</li>`)}</ul>`
        }`,
        label: ruled.length === 0 ? undefined : say.say("resolve_do"),
        back: "/console/disputes",
      });
    },
  );

function readRuling({ c }: Desk): ClassRuling {
  const form = c.get("form");
  const to = given(form, "to") ?? "as-decided";
  return {
    partner: given(form, "of"),
    reason: given(form, "reason"),
    to:
      to === "nobody" || to === "claimant" || to === "as-decided"
        ? to
        : { partner: given(form, "partner") ?? "" },
    note: given(form, "note") ?? "",
    answer: given(form, "answer"),
  };
}

function ruledTable(desk: Desk, ruled: RuledClass["ruled"]): Html {
  const { say } = desk;
  if (ruled.length === 0) return emptyState(say.say("no_disputes"));
  return plainTable<RuledClass["ruled"][number]>(desk, say.say("nav_disputes"), ruled, [
    {
      heading: say.say("dispute"),
      cell: ({ id }) => html`<a class="code" href="${disputePath(id)}">${listedId(id)}</a>`,
    },
    { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
  ]);
}

/** Rules on a contested decision, after showing what would come of it: the same as `dispute rule`. */
export const ruleOnDispute = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => disputePage(desk, id, problem),
    async () => {
      const form = desk.c.get("form");
      const to = given(form, "to");
      const ruling: Ruling = {
        to: to === "nobody" || to === "as-decided" ? to : { partner: given(form, "partner") ?? "" },
        note: given(form, "note") ?? "",
        answer: given(form, "answer"),
      };
      if (!isConfirmed(desk)) return rulingPage(desk, id, ruling);
      await ruleDispute(desk.deps, id, ruling);
      return goTo(disputePath(id), "resolved");
    },
  );

async function rulingPage(desk: Desk, id: string, ruling: Ruling): Promise<Response> {
  const { say, deps } = desk;
  const decided = await foreseeRuling(deps, id, ruling);
  const { order } = await showDispute(deps, id);
  const { to, note, answer } = ruling;
  const whom =
    typeof to === "object"
      ? partnerLink(to.partner)
      : say.say(to === "nobody" ? "earned_by_nobody" : "dispute_to_decided");
  return confirmPage(desk, {
    title: order === null ? say.say("ruling") : say.say("resolve_confirm", { order: order.order }),
    crumbs: [...crumbs(desk), html`<a href="${disputePath(id)}">${listedId(id)}</a>`],
    sent: keptFields(desk, ["to", "partner", "note", "answer"]),
    heading: say.say("ruling"),
    content: html`${decided !== undefined && rehearsalNotice(desk, decided)}${facts([
      [say.say("who_earned"), whom],
      [say.say("note"), note],
      [say.say("dispute_answer"), answer],
    ])}`,
    label: say.say("resolve_do"),
    back: disputePath(id),
  });
}
