import type { Deps } from "../../deps/deps.ts";
import { type Html, html } from "../../pages/html.ts";
import { listTable } from "../../pages/listing.ts";
import { card } from "../../pages/parts.ts";
import { requirePeriod } from "../../periods/close-period.ts";
import { type ForecastTerm, forecastPeriod } from "../../periods/periods.ts";
import { addDays } from "../../words/clock.ts";
import type { PortalFace } from "./portal-face.ts";

/** What the plan's terms come to by what was sold until now: what `/v1/partner/terms` tells. */
export async function termsCard(
  deps: Deps,
  { person, speech, kit, address }: PortalFace,
): Promise<Html | undefined> {
  const terms = await forecastPeriod(deps, { partner: person.partner });
  if (terms.length === 0) return undefined;
  const { say, money, number } = speech;
  const countOf = ({ measure, currency }: ForecastTerm, count: number): Html | string =>
    measure === "net" ? html`<bdi>${money(count, currency)}</bdi>` : number(count);
  return card({
    title: say("terms_title"),
    lead: say("terms_lead"),
    wide: true,
    content: listTable<ForecastTerm>({
      kit,
      caption: say("terms_title"),
      rows: terms,
      address,
      empty: { title: "" },
      columns: [
        {
          heading: say("term"),
          cell: ({ term, period }) =>
            html`${term} <span class="sub">${period} ${say("term_ends", { date: lastDayOf(speech, period) })}</span>`,
        },
        { heading: say("term_counted"), isFigure: true, cell: (one) => countOf(one, one.counted) },
        {
          heading: say("term_next"),
          isFigure: true,
          cell: (one) => (one.nextAt === null ? "–" : countOf(one, one.nextAt)),
        },
        {
          heading: say("term_now"),
          isFigure: true,
          cell: ({ amountMinor, currency }) => html`<bdi>${money(amountMinor, currency)}</bdi>`,
        },
        {
          heading: say("term_booked"),
          isFigure: true,
          cell: ({ bookedMinor, currency }) => html`<bdi>${money(bookedMinor, currency)}</bdi>`,
        },
      ],
    }),
  });
}

/** The last day of a period: it ends with the first moment behind it. */
const lastDayOf = ({ day }: PortalFace["speech"], period: string): string =>
  day(addDays(requirePeriod(period).until, -1));
