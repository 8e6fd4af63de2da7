import { html } from "../../../pages/html.ts";
import { badge, buttonLink, card, emptyState, facts } from "../../../pages/parts.ts";
import {
  type DetailsRecord,
  findShownDetails,
  listDetailsVersions,
  setDetails,
} from "../../../partner-details/details.ts";
import { as } from "../../../words/ids.ts";
import { Refusal } from "../../../words/refusal.ts";
import { type ConsoleRoute, may, type Params, payers, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk, doneNotice, goTo } from "../kit/desk.ts";
import { area, line } from "../kit/fields.ts";
import { partnerPath } from "../kit/partner-names.ts";
import { dayText, partnerCrumbs, timeText } from "../kit/shown.ts";
import { startOfDay } from "../kit/time-fields.ts";

/** Who a partner is to the tax office and the bank, by what of it may be shown: `partner details show` and `history`. */
async function detailsPage(desk: Desk, { id = "" }: Params): Promise<Response> {
  const { say, deps } = desk;
  const history = await listDetailsVersions(deps, id);
  const details = await findShownDetails(deps, as.partner(id));
  return consolePage(desk, {
    title: say.say("details"),
    lead: say.say("details_lead"),
    crumbs: partnerCrumbs(desk, id),
    actions: may(desk, payers)
      ? buttonLink(say.say("details_set"), `${partnerPath(id)}/details/set`, true)
      : undefined,
    content: html`${doneNotice(desk)}<div class="grid">${card({
      title: say.say("facts"),
      content:
        details === undefined || details === "unopened"
          ? emptyState(say.say(details === undefined ? "no_details" : "details_unopened"))
          : detailFacts(desk, details),
    })}${
      history.length > 0 &&
      card({
        title: say.say("history"),
        content: html`<ol class="steps">${history
          .toReversed()
          .map(
            ({ version, since, recordedBy, accountsChanged }) =>
              html`<li><p><b>${say.say("version", { version })}</b> ${dayText(desk, since)} <span class="sub">${recordedBy ?? ""}</span>${
                accountsChanged && html` ${badge(say.say("accounts_changed"), "wait")}`
              }</p></li>`,
          )}</ol>`,
      })
    }</div>`,
  });
}

function detailFacts(
  desk: Desk,
  { legalName, address, tax, accounts, language, since, payoutsHeldUntil }: DetailsRecord,
) {
  const { say } = desk;
  const { street, building, postCode, town, region, country } = address;
  return facts([
    [say.say("name"), legalName],
    [
      say.say("postal_address"),
      [street, building, postCode, town, region, country].filter(Boolean).join(", "),
    ],
    [
      say.say("tax"),
      [say.say(`treatment_${tax.treatment}`), tax.vatId, tax.number].filter(Boolean).join(", "),
    ],
    [
      say.say("accounts"),
      accounts.map(({ kind, account, currency }) => `${kind} ${account} ${currency ?? ""}`.trim()).join(", "),
    ],
    [say.say("language"), language],
    [say.say("since"), dayText(desk, since)],
    [say.say("payouts_held"), payoutsHeldUntil === null ? undefined : timeText(desk, payoutsHeldUntil)],
  ]);
}

/** `partner details set`: a document, as the command takes it. Other accounts hold the partner's payouts for some days. */
const setOne = (
  desk: Desk,
  { id = "" }: Params,
): Deed<{ document: unknown; since: ReturnType<typeof startOfDay> }> => {
  const { say, deps } = desk;
  return {
    title: say.say("details_set"),
    lead: say.say("details_set_lead"),
    crumbs: partnerCrumbs(desk, id),
    back: `${partnerPath(id)}/details`,
    names: ["document", "since"],
    fields: (
      value,
    ) => html`${area("document", say.say("document"), value("document"), say.say("details_hint"))}
${line("since", say.say("since"), value("since"), { type: "date", hint: say.say("now_hint") })}`,
    read: (field) => ({ document: jsonOf(field("document")), since: startOfDay(field("since")) }),
    label: say.say("details_set"),
    act: async ({ document, since }) => {
      await setDetails(deps, id, document, { since });
      return goTo(`${partnerPath(id)}/details`, "kept");
    },
  };
};

/** What is wrong with it is told without its text, which may hold an account. */
function jsonOf(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("request_invalid", "The document is not JSON.");
  }
}

/** A partner's payment details. */
export const detailsRoutes: readonly ConsoleRoute[] = [
  ["get", "/console/partners/{id}/details", readers, detailsPage],
  ...deedRoutes("/console/partners/{id}/details/set", payers, setOne, "fresh"),
];
