import { distributor, reseller, resellers } from "../cast.ts";
import type { Demo } from "../demo.ts";
import { playPast } from "../history/play-past.ts";
import { type ShopKind, voices } from "../shop/voices/voices.ts";
import { type WayId, ways } from "../ways/ways.ts";
import { checkLedger, explainCredit, licenceCreditMinor, overrideMinor, readEarned } from "./accounts.ts";
import { takeBack } from "./money-back.ts";
import type { Narrator } from "./narrator.ts";
import { openDoors } from "./people.ts";
import { changePlan } from "./plan-change.ts";
import { clickRenew, payOrder, thankCustomer, waitAYear } from "./renewal.ts";
import { installCopy, sellCopy } from "./sale.ts";

/** One copy's life: how it was sold, and at which shop it is renewed. */
export interface Chapter {
  way: WayId;
  shop: ShopKind;
  /** Whether a cart of several lines is bought, of which one goes back at the end, and a refund fails. */
  refund: boolean;
}

/** What the contract asks for: a reseller's token beside the program, and Stripe. */
export const mainChapter: Chapter = { way: "file", shop: "stripe", refund: false };

/** What the journey plays. */
export interface Play {
  chapters: readonly Chapter[];
  /** How many months the channel has behind it when the journey begins. */
  months: number;
}

/**
 * Plays the journey: from a copy that a reseller sold to her credit, through the same doors a person would take. Several
 * chapters are several copies, one after the other, on the same receiver.
 *
 * @throws {StepError} at the first step that fails
 */
export async function playJourney(demo: Demo, narrator: Narrator, { chapters, months }: Play): Promise<void> {
  await openChannel(demo, narrator, months);
  await startReceiver(demo, narrator);
  await showChannel(demo, narrator);
  const before = await readEarned(demo);
  await demo.openProduct();
  const booked = new Map<string, number>();
  const book = (name: string, amountMinor: number) => booked.set(name, (booked.get(name) ?? 0) + amountMinor);
  for (const chapter of chapters) {
    await playChapter(demo, narrator, chapter, chapters.length > 1 ? "api" : "command");
    const { currency = "EUR" } = voices[chapter.shop];
    book(`${reseller.id} ${currency}`, licenceCreditMinor);
    book(`${distributor.id} ${currency}`, overrideMinor);
  }
  await checkLedger(demo, narrator, { before, booked });
  if (months === 0) return;
  await changePlan(demo, narrator);
  await openDoors(demo, narrator);
}

async function playChapter(
  demo: Demo,
  narrator: Narrator,
  { way, shop, refund }: Chapter,
  by: "command" | "api",
): Promise<void> {
  if (by === "api") narrator.say(`\n—— ${ways[way].name}, at ${voices[shop].name} ——`);
  const sale = await sellCopy(demo, narrator, way);
  await installCopy(demo, narrator, sale);
  await waitAYear(demo, narrator, sale);
  const checkout = await clickRenew(demo, narrator, sale);
  const orders = await payOrder(demo, narrator, { sale, checkout, shop, brushPacks: refund ? 2 : 0 });
  await explainCredit(demo, narrator, { sale, order: orders[0], by });
  if (refund) await takeBack(demo, narrator, orders);
  await thankCustomer(demo, narrator);
}

/** The vendor's partners and its plan, and all that they did until today. */
function openChannel(demo: Demo, narrator: Narrator, months: number): Promise<unknown> {
  return narrator.step({
    sentence:
      months === 0
        ? "The vendor adds a distributor and four resellers, and a plan that says what they earn."
        : `${distributor.name} and four resellers have sold Acme Paint for a year: played in seconds, by the receiver on a clock that is moved.`,
    lookAt: "demo-app/src/history",
    work: () => playPast(demo, months),
    outcome: ({ told }) => told,
  });
}

function startReceiver({ receiver, addresses }: Demo, narrator: Narrator): Promise<void> {
  return narrator.step({
    sentence: "The receiver starts, with these books and a signing key of its own.",
    lookAt: "the receiver's lines above",
    work: () => receiver.start(),
    outcome: () => `It listens on ${addresses.receiver}`,
  });
}

interface TreeEntry {
  id: string;
  name: string;
  parent: string | null;
}

function showChannel({ admin }: Demo, narrator: Narrator): Promise<unknown> {
  return narrator.step({
    sentence: `The reseller of this story, ${reseller.name}, stands below a distributor: GET /v1/partner-tree`,
    lookAt: "the receiver's lines above",
    async work() {
      const { partners } = await admin.get<{ partners: TreeEntry[] }>("/v1/partner-tree");
      const below = partners.filter(({ parent }) => parent === distributor.id);
      if (below.length !== resellers.length) throw new Error(`${below.length} resellers stand below it`);
      return below;
    },
    outcome: (below) => [
      `${distributor.name} earns ${distributor.percent} % on top of what those below it sell`,
      ...below.map(({ id, name }) => `└ ${name}${id === reseller.id ? `: ${reseller.percent} %` : ""}`),
    ],
  });
}
