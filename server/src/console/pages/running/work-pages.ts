import { releaseDue } from "../../../orders/rule/release.ts";
import { verifyLedger } from "../../../orders/verify/verify.ts";
import { html } from "../../../pages/html.ts";
import { type BadgeTone, badge, card, facts, notice } from "../../../pages/parts.ts";
import { table } from "../../../pages/table.ts";
import { verifyStatements } from "../../../statements/verify-statements.ts";
import type { Work } from "../../../work/work.ts";
import { listWork, showWork } from "../../../work/work.ts";
import { simulatePath } from "../channel/plan-simulate-form.ts";
import { simulate, simulatedPlanCard } from "../channel/plan-simulated.ts";
import { type ConsoleRoute, type Params, payers, planners, readers, workers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk, type DeskText, given } from "../kit/desk.ts";
import { line } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { setOff, workListPath, workPath } from "../kit/set-off.ts";
import { timeText } from "../kit/shown.ts";
import { startOfDay } from "../kit/time-fields.ts";
import { countText, resultCard } from "./work-result.ts";

const path = workListPath;
const pageRows = 50;
const tones: Readonly<Record<Work["state"], BadgeTone>> = {
  running: "wait",
  done: "good",
  failed: "bad",
  interrupted: "bad",
};
/** The way to the list of work, above a page about it. */
export const workCrumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("nav_work")}</a>`];

const kindTexts = {
  verify: "work_verify",
  statements: "work_verify_statements",
  release: "work_release",
  import: "work_import",
  serials: "serials_import",
  emails: "addresses_import",
  customers: "customers_import",
  reconcile: "work_reconcile",
  replay: "work_replay",
  simulate: "simulate_all",
  rule: "rule_apply",
} as const satisfies Record<string, DeskText>;

/** What is done, in words; a kind that this version does not know stands for itself. */
const kindText = ({ say }: Desk, kind: string): string =>
  Object.hasOwn(kindTexts, kind) ? say.say(kindTexts[kind as keyof typeof kindTexts]) : kind;

/** What people set off that takes long, the newest first. */
async function worksPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const { works, next } = await listWork(deps, { after: given(address.query, "after"), limit: pageRows });
  return listPage<Work>(desk, {
    title: say.say("nav_work"),
    lead: say.say("work_lead"),
    file: "work",
    rows: works,
    next,
    empty: { title: say.say("no_work") },
    columns: [
      {
        heading: say.say("what"),
        sort: "what",
        cell: (one) =>
          html`<a href="${workPath(one.id)}">${kindText(desk, one.kind)}</a>${one.about !== null && html` <span class="sub">${one.about}</span>`}`,
        text: ({ kind, about }) => [kind, about].filter(Boolean).join(" "),
      },
      {
        heading: say.say("state"),
        sort: "state",
        cell: ({ state }) => badge(say.say(`work_is_${state}`), tones[state]),
        text: ({ state }) => state,
      },
      {
        heading: say.say("actor"),
        sort: "actor",
        cell: ({ startedBy }) => html`<code>${startedBy}</code>`,
        text: ({ startedBy }) => startedBy,
      },
      {
        heading: say.say("begun"),
        sort: "begun",
        cell: ({ startedAt }) => html`<span class="nowrap">${timeText(desk, startedAt)}</span>`,
        text: ({ startedAt }) => startedAt,
      },
      {
        heading: say.say("settled"),
        sort: "ended",
        cell: ({ endedAt }) =>
          endedAt === null ? "–" : html`<span class="nowrap">${timeText(desk, endedAt)}</span>`,
        text: ({ endedAt }) => endedAt,
      },
    ],
    below: startCard(desk),
  });
}

const startCard = (desk: Desk) =>
  html`<p></p>${card({
    title: desk.say.say("work_start"),
    content: html`<ul class="plain">${(
      [
        ["verify", `${path}/verify`],
        ["statements", `${path}/verify-statements`],
        ["release", `${path}/release`],
        ["import", "/console/import"],
        ["serials", "/console/serials/import"],
        ["emails", "/console/addresses/import"],
        ["reconcile", "/console/shops"],
        ["replay", "/console/shops/replay"],
      ] as const
    ).map(([kind, to]) => html`<li><a href="${to}">${kindText(desk, kind)}</a></li>`)}</ul>`,
  })}`;

/** One of them: how far it is, and what came of it. The part that changes is fetched again where a script may run. */
async function workPage(desk: Desk, { id = "" }: Params): Promise<Response> {
  const { say } = desk;
  const work = await showWork(desk.deps, id);
  const runs = work.state === "running";
  return consolePage(desk, {
    title: kindText(desk, work.kind),
    crumbs: workCrumbs(desk),
    lead: work.about ?? undefined,
    follows: runs,
    content: html`<div id="work"${runs && html` data-follow`} aria-live="polite" aria-busy="${runs ? "true" : "false"}">${
      work.state === "interrupted" &&
      notice(say.say("work_is_interrupted"), "bad", say.say("work_interrupted_why"))
    }${work.problem !== null && notice(say.say("work_is_failed"), "bad", work.problem)}${card({
      title: say.say("facts"),
      content: html`${facts([
        [say.say("state"), badge(say.say(`work_is_${work.state}`), tones[work.state])],
        ...Object.entries(work.progress).map(
          ([name, count]) => [countText(desk, name), say.number(count)] as const,
        ),
        [say.say("actor"), html`<code>${work.startedBy}</code>`],
        [say.say("begun"), timeText(desk, work.startedAt)],
        [say.say("settled"), work.endedAt === null ? undefined : timeText(desk, work.endedAt)],
      ])}${runs && html`<p class="sub">${say.say("work_goes_on")} <a href="${workPath(id)}">${say.say("work_look_again")}</a></p>`}`,
    })}${work.state === "done" && html`<p></p>${resultCard(desk, work)}`}${
      !runs && work.kind === "simulate" && html`<p></p>${simulatedPlanCard(desk, work)}`
    }</div>`,
  });
}

/** `ledger verify`. */
const verify = (desk: Desk): Deed<ReturnType<typeof startOfDay>> => ({
  title: desk.say.say("work_verify"),
  lead: desk.say.say("verify_lead"),
  crumbs: workCrumbs(desk),
  back: path,
  names: ["since"],
  fields: (value) => line("since", desk.say.say("since"), value("since"), { type: "date" }),
  read: (field) => startOfDay(field("since")),
  label: desk.say.say("work_verify"),
  act: (since) =>
    setOff(desk, "verify", undefined, (tell) =>
      verifyLedger(desk.deps, {
        ...(since === undefined ? {} : { since }),
        onPage: (orders) => tell({ orders }),
      }),
    ),
});

/** `statement verify`. */
const verifyAllStatements = (desk: Desk): Deed<undefined> => ({
  title: desk.say.say("work_verify_statements"),
  lead: desk.say.say("verify_lead"),
  crumbs: workCrumbs(desk),
  back: path,
  names: [],
  read: () => undefined,
  label: desk.say.say("work_verify_statements"),
  rehearse: () => ({
    lead: desk.say.say("verify_lead"),
    heading: desk.say.say("action_title"),
    content: html``,
    label: desk.say.say("work_verify_statements"),
  }),
  act: () => setOff(desk, "statements", undefined, () => verifyStatements(desk.deps)),
});

/** `ledger release`, rehearsed first. */
const release = (desk: Desk): Deed<undefined> => {
  const { say, deps } = desk;
  return {
    title: say.say("work_release"),
    crumbs: workCrumbs(desk),
    back: path,
    names: [],
    read: () => undefined,
    label: say.say("see_what_comes"),
    rehearse: async () => {
      const { orders, released } = await releaseDue(deps, { dryRun: true });
      return {
        content: html`${facts([[say.say("orders"), say.number(orders)]])}${
          released.length > 0 &&
          table({
            caption: say.say("nav_partners"),
            columns: [say.say("partner"), { heading: say.say("amount"), isFigure: true }],
            rows: released.map((one) => [partnerLink(one.partner), say.money(one.amountMinor, one.currency)]),
            isQuiet: true,
          })
        }`,
        label: orders === 0 ? undefined : say.say("work_release"),
      };
    },
    act: () => setOff(desk, "release", undefined, () => releaseDue(deps)),
  };
};

/** What takes long. */
export const workRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, worksPage],
  ...deedRoutes(`${path}/verify`, workers, verify),
  ...deedRoutes(`${path}/verify-statements`, workers, verifyAllStatements),
  ...deedRoutes(`${path}/release`, payers, release, "fresh"),
  ["post", simulatePath, planners, simulate],
  ["get", `${path}/{id}`, readers, workPage],
];
