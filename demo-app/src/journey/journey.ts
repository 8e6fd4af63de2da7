import { reseller } from "../cast.ts";
import type { Demo } from "../demo.ts";
import { type ShopKind, voices } from "../shop/voices/voices.ts";
import { type WayId, ways } from "../ways/ways.ts";
import { checkLedger, creditMinor, explainCredit, takeBack } from "./accounts.ts";
import type { Narrator } from "./narrator.ts";
import { clickRenew, payOrder, thankCustomer, waitAYear } from "./renewal.ts";
import { installCopy, sellCopy } from "./sale.ts";

/** One copy's life: how it was sold, and at which shop it is renewed. */
export interface Chapter {
  way: WayId;
  shop: ShopKind;
  /** Whether half the money goes back at the end. */
  refund: boolean;
}

/** What the contract asks for: a reseller's token beside the program, and Stripe. */
export const mainChapter: Chapter = { way: "file", shop: "stripe", refund: false };

/**
 * Plays the journey: from a copy that a reseller sold to her credit, through the same doors a person would take. Several
 * chapters are several copies, one after the other, on the same receiver.
 *
 * @throws {StepError} at the first step that fails
 */
export async function playJourney(
  demo: Demo,
  narrator: Narrator,
  chapters: readonly Chapter[] = [mainChapter],
): Promise<void> {
  await startReceiver(demo, narrator);
  await addReseller(demo, narrator);
  await demo.openProduct();
  const held = new Map<string, number>();
  const book = (shop: ShopKind, amountMinor: number) => {
    const { currency = "EUR" } = voices[shop];
    held.set(currency, (held.get(currency) ?? 0) + amountMinor);
  };
  for (const chapter of chapters) {
    if (chapters.length > 1)
      narrator.say(`\n—— ${ways[chapter.way].name}, at ${voices[chapter.shop].name} ——`);
    const sale = await sellCopy(demo, narrator, chapter.way);
    await installCopy(demo, narrator, sale);
    await waitAYear(demo, narrator, sale);
    const checkout = await clickRenew(demo, narrator, sale);
    const order = await payOrder(demo, narrator, { sale, checkout, shop: chapter.shop });
    await explainCredit(demo, narrator, { sale, order, by: chapters.length > 1 ? "api" : "command" });
    book(chapter.shop, creditMinor);
    if (chapter.refund) book(chapter.shop, -(await takeBack(demo, narrator, order)));
    await thankCustomer(demo, narrator);
  }
  await checkLedger(demo, narrator, held);
}

function startReceiver({ receiver, addresses }: Demo, narrator: Narrator): Promise<void> {
  return narrator.step({
    sentence: "The receiver starts, on an empty database and with a signing key of its own.",
    lookAt: "the receiver's lines above",
    work: () => receiver.start(),
    outcome: () => `It listens on ${addresses.receiver}`,
  });
}

function addReseller({ admin }: Demo, narrator: Narrator): Promise<unknown> {
  return narrator.step({
    sentence: `The vendor adds a reseller, ${reseller.name}.`,
    lookAt: "the receiver's lines above",
    work: () => admin.post("/v1/partners", { ...reseller, kind: "reseller" }),
    outcome: () => `${reseller.id} earns ${reseller.percent} % of the net price of what its customers buy`,
  });
}
