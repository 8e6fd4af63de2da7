import { adjust } from "../../server/src/adjustments/adjust.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { writeServiceNotice } from "../../server/src/customer-notices/product-notices.ts";
import { noteRenewals } from "../../server/src/customer-notices/renewal-notices.ts";
import { runServiceNotices } from "../../server/src/customer-notices/write-letters.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { tellNotices } from "../../server/src/mail/tell-notices.ts";
import { licencesOfCustomer } from "../../server/src/mandates/customer-licences.ts";
import { giveMandate } from "../../server/src/mandates/mandates.ts";
import { linkNetwork } from "../../server/src/networks/network-links.ts";
import { writeNews } from "../../server/src/news/news.ts";
import { correctOrder } from "../../server/src/orders/rule/correct-order.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { proposePayouts } from "../../server/src/payouts/propose.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { registerEmails } from "../../server/src/registered-emails/register-emails.ts";
import { addCodes } from "../../server/src/rewards/codes.ts";
import { followRewards } from "../../server/src/rewards/follow-rewards.ts";
import { draftOffer, takeOfferStep } from "../../server/src/rewards/offers.ts";
import { closeStatements } from "../../server/src/statements/close-statements.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { startWork, workEnded } from "../../server/src/work/work.ts";
import { generous } from "../channel/rewards-world.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { payer } from "../payouts/payout-world.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { vendor } from "../statements/statement-world.ts";
import { type ConsoleWorld, fillConsole, openConsole } from "./console-world.ts";

/** What a receiver is configured with that has everything. Nobody listens at its hosts. */
const everything = {
  vendor,
  payouts: { payer },
  mail: { from: "Acme <partners@acme.example>", folder: "./mail" },
  signIn: { passkeys: true },
  attribution: { onConflict: "hold", rules: [{ rule: "home", class: "territory" }] },
  shops: {
    own: { kind: "standard-webhooks", secrets: [{ env: "OWN_SHOP_SECRET" }] },
    stripe: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] },
    polar: {
      kind: "polar",
      secrets: [{ env: "SECRET_OF_POLAR" }],
      api: { token: { env: "SECRET_OF_POLAR" } },
    },
  },
  networks: {
    own: {
      kind: "custom",
      base: "https://network.example",
      convert: { method: "POST", path: "/sales", body: { json: { o: "{order}" } } },
      adjust: { byHand: "Change sale {order}." },
      reverse: { byHand: "Cancel sale {order}." },
      test: { method: "POST", path: "/try", body: { json: { o: "{order}" } } },
    },
  },
};

/** Somebody who bought, whose renewals were rewarded, and who agreed with a partner and lets it act for her. */
export const fullCustomer = "painter6@customers.example";

/** A channel as `fillConsole` makes it with at least one of everything that a page is about. It closes with the test. */
export async function openFullWorld(bench: Bench, options: Parameters<typeof fillConsole>[1] = {}) {
  const world = await openConsole(bench, everything);
  await fillConsole(world, options);
  return Object.assign(world, { made: await makeEverything(world) });
}

/** What `openFullWorld` gives. */
export type FullWorld = Awaited<ReturnType<typeof openFullWorld>>;

async function makeEverything(world: ConsoleWorld) {
  const { deps } = world;
  for (const partner of ["partner-1", "partner-2", "nordic"])
    await setDetails(deps, partner, detailsOf(`${partner} GmbH`));
  await setPartnerWebhook(deps, { partner: "partner-1", url: "https://north.example/hook" });
  await linkNetwork(deps, { network: "own", partner: "partner-2", settings: { id: "77" } });
  const reward = await rewarded(world);
  const customers = await customersTold(world);
  const channel = await contested(world);
  const person = await addPerson(deps, {
    mail: "zoe@partner-1.example",
    role: "owner",
    partner: "partner-1",
    addedBy: "cli:ann",
  });
  const money = await booked(world);
  await tellNotices(deps);
  return { ...reward, ...customers, ...channel, ...money, person: person.id, ...(await worked(world)) };
}

const monthly = {
  term: "bonus",
  every: "month",
  currency: "EUR",
  counts: { measure: "units" },
  bonuses: [{ at: 1, amountMinor: 5_000 }],
};

/** Offers of each state, and renewals that earned points and a coupon. */
async function rewarded(world: ConsoleWorld) {
  const { deps, sell } = world;
  await addPlan(deps, { ...generous({ vendorShareBp: 5_000 }), terms: [monthly] });
  await assignPlan(deps, { plan: "generous", partner: "partner-1" });
  const draft = (asked: object) => draftOffer(deps, { partner: "partner-1", title: "Thank you", ...asked });
  const points = await draft({ title: "300 points for each renewal", points: 300 });
  await takeOfferStep(deps, points.offer, { step: "offered" });
  world.pass(1);
  const renewal = { licence: "OLD-6", cycle: "renewal", email: fullCustomer, coupon: "CODE-1" } as const;
  await sell({ order: "R-1", ...renewal });
  await followRewards(deps);
  await takeOfferStep(deps, points.offer, { step: "ended" });
  const codes = await draft({
    title: "5 EUR for the next order",
    coupon: { currency: "EUR", amountMinor: 500 },
  });
  await addCodes(deps, codes.offer, ["SPRING-AAAA", "SPRING-BBBB"]);
  await takeOfferStep(deps, codes.offer, { step: "offered" });
  const drafted = await draft({ title: "Not yet", pointsPerUnit: 2, product: "acme-paint" });
  return { offer: codes.offer, draft: drafted.offer };
}

const organisations = [
  ["Tulip Works", "Vienna", "Studio of the very long name"],
  ["Tulip Works"],
  ["Holding"],
];

/** Customers in organisations, who were told something; one who agreed with a partner and lets it act for her. */
async function customersTold({ deps }: ConsoleWorld) {
  Object.assign(deps.config.customers, { renewalNoticeDays: [365] });
  await tellCustomers(
    deps,
    { by: "vendor" },
    Array.from({ length: 48 }, (_, at) => ({
      row: at + 1,
      email: `painter${at}@customers.example`,
      name: ["Ann Painter", "Søren Ångström-Kowalczyk", "ليلى الرسّامة", "Bob"][at % 4] ?? "",
      organisation: organisations[at % 3],
      product: "acme-paint",
      licence: at % 2 === 1 || at === 6 ? `OLD-${at % 24}` : `NEW-${at % 24}-${at % 3}`,
      parts: ["buys", "decides"],
    })),
  );
  const { id: notice } = await writeServiceNotice(deps, {
    product: "acme-paint",
    title: "Security update 5.1.2",
    text: "Please install it this week.\n\nNobody is known to have been harmed.",
  });
  await runServiceNotices(deps);
  await noteRenewals(deps);
  await registerEmails(deps, { partner: "partner-2", origin: "api", unlimited: true }, [
    { row: 1, email: fullCustomer, consent: { version: "1", wording: "Yes, you may.", at: deps.clock() } },
  ]);
  const [licence] = await licencesOfCustomer(deps, fullCustomer);
  if (licence?.seller == null) throw new Error("a partner sold it");
  await giveMandate(deps, { email: fullCustomer, key: licence.key, partner: licence.seller.id });
  return { notice };
}

/** A contested decision, a deal, an order that two partners claim, news, and a plan that will pay less. */
async function contested(world: ConsoleWorld) {
  const { deps } = world;
  const claim = { number: "A-1005", text: "It was my customer, since the fair in Vienna." };
  const { id: dispute } = await openDispute(deps, "partner-1", claim);
  const deal = await registerDeal(deps, { partner: "partner-1", customer: "tulip.example" });
  await registerDeal(deps, { partner: "partner-3", customer: "works.example" });
  await setAgreement(deps, "partner-3", { territories: ["AT"] });
  await writeNews(deps, { title: "Version 5 is out", text: "From Monday on.\n\nPrices stay as they are." });
  const less = {
    plan: "less",
    name: "Less for affiliates",
    promise: "each_sale",
    rules: [{ rule: "all", pay: { rateBp: 1_000 } }],
  };
  await addPlan(deps, less);
  await addPlan(deps, { ...less, rules: [{ rule: "all", pay: { rateBp: 900 } }] });
  await assignPlan(deps, { plan: "less", kind: "affiliate", since: addDays(deps.clock(), 60) });
  return { dispute, deal: deal.deal_id };
}

/** What was corrected by hand, periods that ended with statements, payouts that are proposed, and what waits for a second person. */
async function booked(world: ConsoleWorld) {
  const { deps } = world;
  const facts = { partner: "partner-1", currency: "EUR", note: "For the fair" } as const;
  const bonus = { ...facts, amountMinor: 12_500, kind: "bonus" } as const;
  const { id: adjustment } = await adjust(deps, { ...bonus, reference: "T-481" });
  await setAgreement(deps, "partner-1", {
    sharing: "transaction",
    notices: ["service", "renewal"],
    renewalRights: { beforeDays: 60, afterDays: 30 },
    selfBilling: true,
  });
  world.pass(45);
  await releaseDue(deps);
  const period = new Date(world.now).toISOString().slice(0, 7);
  const { statements } = await closeStatements(deps, { period: previousMonth(period) });
  const own = statements.find(({ partner }) => partner === "partner-1");
  const { batches } = await asDeed({ actor: "cli:ann", action: "payout propose", subject: undefined }, () =>
    proposePayouts({ ...deps, blocks: [] }, {}),
  );
  Object.assign(deps.config, {
    adjustments: { ...deps.config.adjustments, approvalAboveMinor: { EUR: 1_000 } },
  });
  const { id: waiting } = await asDeed({ actor: "cli:ann", action: "adjust", subject: undefined }, () =>
    adjust(deps, { ...bonus, reference: "T-482" }),
  );
  await world.sell({ order: "V-1", coupon: "CODE-2" });
  const correction = { what: { void: true }, note: "Paid back by transfer", reference: "T-V1" } as const;
  const asked = await asDeed({ actor: "cli:ann", action: "correct", subject: undefined }, () =>
    correctOrder(deps, { shop: "own", order: "V-1", ...correction }),
  );
  return {
    adjustment,
    waiting,
    request: asked.waits?.id ?? "",
    payout: batches[0]?.id ?? "",
    statement: own?.number ?? "",
  };
}

const previousMonth = (month: string): string => {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() - 1);
  return at.toISOString().slice(0, 7);
};

/** Work that failed, and work that was done. */
async function worked({ deps }: ConsoleWorld) {
  const failed = await startWork(deps, {
    kind: "replay",
    about: "deliveries-of-november.ndjson",
    run: () => Promise.reject(new Error("the file ends in the middle of a line")),
  });
  await workEnded(failed).catch(() => {});
  const work = await startWork(deps, {
    kind: "verify",
    run: async () => ({ ok: true, checked: {}, failures: [] }),
  });
  await workEnded(work);
  return { failed, work };
}
