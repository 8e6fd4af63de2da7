/** When a duty holds. Days are the customer's calendar days. */
export type NoticeWindow =
  /** Before a licence renews by itself: from so many days before the end until so many before it. */
  | { when: "before_renewal"; fromDays: number; untilDays: number; minTermDays: number }
  /** Once a year while it renews by itself: in so many days before each anniversary of its start. */
  | { when: "each_year"; withinDays: number }
  /** For so many days after the licence was bought. */
  | { when: "after_start"; days: number }
  /** As long as it renews by itself. */
  | { when: "while_renewing" };

/** One duty of one country's law, as data: with its source, and where and when it was looked up. */
export interface NoticeProfile {
  /** Stable. */
  id: string;
  /** ISO 3166: `FR`, `US-CA`; `EU` for all member states. */
  country: string;
  /** The law's name and section. */
  law: string;
  /** Where its text stands: an address. */
  source: string;
  /** When it came into force; `null`: it is expected. */
  inForceSince: string | null;
  /** The day on which it was looked up at `checkedAt`; `null`: it was not, and stands here from memory alone. */
  checkedOn: string | null;
  /** What was read to check it: often a stored copy of a comment on the law, and not the law at `source` itself. */
  checkedAt: string | null;
  /** When it holds. */
  window: NoticeWindow;
  /** Where it has to reach the customer: in the product or on the site, or as a message such as an e-mail. */
  by: "product" | "message";
  /** What has to be said or offered. */
  mustSay: readonly string[];
}

const readAt = (checkedAt: string) => ({ checkedOn: "2026-11-30", checkedAt });

/**
 * What the SDK knows. It is a help for a vendor's own lawyers and no legal advice: it is neither complete nor kept
 * current by itself, and each duty has exceptions that are not said here.
 */
export const noticeProfiles: readonly NoticeProfile[] = [
  {
    id: "us-ca-before-renewal",
    country: "US-CA",
    law: "California Business and Professions Code, section 17602",
    source:
      "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml?lawCode=BPC&sectionNum=17602.",
    inForceSince: "2022-07-01",
    // The digest of Assembly Bill 390, which added the notice: its day, its 15 to 45 days, the initial term of a year.
    ...readAt("https://open.pluralpolicy.com/ca/bills/20212022/AB390"),
    window: { when: "before_renewal", fromDays: 45, untilDays: 15, minTermDays: 365 },
    by: "message",
    mustSay: ["that it renews by itself", "for how long, and at which price", "how to cancel"],
  },
  {
    id: "us-ca-annual-reminder",
    country: "US-CA",
    law: "California Business and Professions Code, section 17602",
    source:
      "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml?lawCode=BPC&sectionNum=17602.",
    inForceSince: "2025-07-01",
    ...readAt(
      "https://natlawreview.com/article/california-expands-automatic-renewal-law-new-requirements-now-effect",
    ),
    window: { when: "each_year", withinDays: 30 },
    by: "message",
    mustSay: ["the product", "how often it is charged, and how much", "how to cancel"],
  },
  {
    id: "fr-before-renewal",
    country: "FR",
    law: "Code de la consommation, article L215-1",
    source: "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000032226830",
    inForceSince: "2016-07-01",
    ...readAt(
      "https://juriblio.fr/codes/code-de-la-consommation/partie-legislative-nouvelle/livre-ii/titre-ier/chapitre-v",
    ),
    window: { when: "before_renewal", fromDays: 92, untilDays: 30, minTermDays: 0 },
    by: "message",
    mustSay: ["that the contract can be ended", "until which day, in a framed passage"],
  },
  {
    id: "de-cancellation-button",
    country: "DE",
    law: "Bürgerliches Gesetzbuch, section 312k",
    source: "https://www.gesetze-im-internet.de/bgb/__312k.html",
    inForceSince: "2022-07-01",
    ...readAt("https://schutzverband.org/?p=948"),
    window: { when: "while_renewing" },
    by: "product",
    mustSay: ["a button to cancel the contract, on the site where it can be concluded"],
  },
  {
    id: "eu-withdrawal-function",
    country: "EU",
    law: "Directive 2011/83/EU, article 11a, by Directive (EU) 2023/2673",
    source: "https://eur-lex.europa.eu/eli/dir/2023/2673/oj",
    inForceSince: "2026-06-19",
    ...readAt(
      "https://www.hgiron.com/enterprise/cloud-infra/EU-One-Click-Withdrawal-Rule-Takes-Effect-June-19.html",
    ),
    window: { when: "after_start", days: 14 },
    by: "product",
    mustSay: ["a function to withdraw from the contract, easy to find for as long as one may"],
  },
  {
    id: "gb-before-renewal",
    country: "GB",
    law: "Digital Markets, Competition and Consumers Act 2024, part 4, chapter 2",
    source: "https://www.legislation.gov.uk/ukpga/2024/13/part/4/chapter/2",
    inForceSince: null,
    ...readAt(
      "https://www.reedsmith.com/our-insights/blogs/viewpoints/102moxp/enforcement-delay-and-waiver-dismay-dmcc-subscription-rules-postponed-again",
    ),
    window: { when: "while_renewing" }, // How many days before is for regulations to say.
    by: "message",
    mustSay: ["before each renewal: that it renews by itself, at which price, and when", "how to end it"],
  },
];

/** The member states of the European Union, for duties of the whole of it. */
export const memberStates: readonly string[] =
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" ");
