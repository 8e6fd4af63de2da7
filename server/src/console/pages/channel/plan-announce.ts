import { hiddenFields } from "../../../pages/app-page.ts";
import { html } from "../../../pages/html.ts";
import { card, confirmButtons, emptyState, facts } from "../../../pages/parts.ts";
import { announcePlan } from "../../../simulations/announce-plan.ts";
import { consolePage, type Desk, formFields, goTo } from "../kit/desk.ts";
import { isConfirmed } from "../kit/fields.ts";
import { dayText, planPath } from "../kit/shown.ts";
import { differenceTable } from "./plan-difference.ts";

/** Whom a plan's next change would pay less, before anybody is told: the same as `plan announce --dry-run`. */
export async function announcePage(desk: Desk, plan: string): Promise<Response> {
  const { say, kit, deps } = desk;
  const { name, version, since, concerned, lowered } = await announcePlan(deps, plan, { dryRun: true });
  return consolePage(desk, {
    title: say.say("announce_title", { name }),
    lead: say.say("announce_lead"),
    crumbs: [
      html`<a href="/console/plans">${say.say("nav_plans")}</a>`,
      html`<a href="${planPath(plan)}">${plan}</a>`,
    ],
    content: html`<div class="stack">${card({
      title: say.say("version", { version }),
      content: facts([
        [say.say("since"), dayText(desk, since)],
        [say.say("announce_concerned"), say.number(concerned)],
      ]),
    })}${card({
      title: say.say("announce_lowered"),
      wide: true,
      content:
        lowered.length === 0
          ? emptyState(say.say("announce_nobody"))
          : html`${differenceTable(desk, lowered)}<form method="post" action="${planPath(plan)}/announce">${hiddenFields({ ...formFields(desk), step: "do" })}${confirmButtons(
              kit,
              { label: say.say("announce_do"), back: planPath(plan) },
            )}</form>`,
    })}</div>`,
  });
}

/** Tells them, after asking. */
export async function announce(desk: Desk, plan: string): Promise<Response> {
  if (!isConfirmed(desk)) return announcePage(desk, plan);
  await announcePlan(desk.deps, plan);
  return goTo(planPath(plan), "announced");
}
