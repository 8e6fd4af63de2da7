import { join } from "node:path";
import type { JsonWebKeySet, Reminder, RenewalClient, SnoozeOption } from "@tallystick/sdk";
import type { Addresses } from "../addresses.ts";
import { type Customer, sellers, soldCopy } from "../cast.ts";
import type { LicenceNotice } from "../licence-notice.ts";
import type { Handout } from "../ways/way.ts";
import { type CopyView, dayText } from "./copy-view.ts";
import { moments } from "./moments.ts";
import { type Program, putInPlace } from "./put-in-place.ts";
import { activateRenewal, embedRenewal, startRenewal, takePrompt } from "./renewal.ts";

/** One copy of Acme Paint on a customer's machine. Its clock is the demo's. */
export interface Copy {
  /**
   * Installs what the customer carried home in place of the copy before, and starts it for the first time: a year's
   * licence from now.
   */
  install(handout: Handout, customer?: Customer): Promise<void>;
  /** Activates the copy with a serial or a voucher that the customer typed. Answers what is wrong, if anything is. */
  activate(typed: string): Promise<string | undefined>;
  view(): Promise<CopyView>;
  /** Sets the clock and starts the program anew. Unknown moments change nothing. */
  moveTo(moment: string): Promise<void>;
  /** Where the customer's browser goes to renew. */
  renew(): Promise<string>;
  snooze(option: SnoozeOption): void;
  /** The customer says so; the store has not yet. */
  sayRenewed(): void;
  /** The store says that the licence was paid. A notice that comes twice renews once. */
  take(notice: LicenceNotice): void;
}

/** What a copy is built with and where it is installed. */
export interface CopyParts {
  addresses: Addresses;
  /** The receiver's public keys, built in. */
  keys: JsonWebKeySet;
  /** A folder for the program and for what it remembers. */
  folder: string;
}

/** Makes a copy ready to be installed; it is licensed for a year from now. */
export function createCopy({ addresses, keys, folder }: CopyParts): Copy {
  const paidOrders = new Set<string>();
  let expiresAt = yearsAfter(Date.now(), 1);
  let clockAheadMs = 0;
  let machines = 0;
  let customer = soldCopy;
  let program: Program | undefined;
  /** What the customer is to type before the copy has a licence. */
  let toType: Handout["code"];
  let coupon: string | undefined;
  let moment: string | undefined = "today";
  let prompt: Reminder | null = null;
  let said: CopyView["said"];
  let renewal: RenewalClient | undefined;

  const now = () => Date.now() + clockAheadMs;
  const running = (): RenewalClient => {
    if (renewal === undefined) throw new Error("Acme Paint is not installed");
    return renewal;
  };
  const terms = () => ({ expiresAt: new Date(expiresAt).toISOString(), email: customer.email });
  const licence = () => ({ id: customer.licence, ...terms() });

  /** The SDK notices a clock that was set back, so a demo that goes back in time begins on an empty folder. */
  async function start(): Promise<void> {
    renewal = embedRenewal(
      { receiver: addresses.receiver, keys, shopUrl: `${addresses.shop}/checkout` },
      {
        folder: join(folder, `machine-${machines}`),
        now,
        openBrowser: async () => ({ code: "opened" }), // the page's own tab goes there
        surroundings: { argv: [], env: {}, execPath: "node", home: folder, ...program },
      },
    );
    prompt = null;
    said = undefined;
    await startRenewal(renewal, toType === undefined ? licence() : undefined);
  }

  return {
    async install(handout, buyer = soldCopy) {
      machines += 1;
      program = await putInPlace(handout, join(folder, `program-${machines}`));
      customer = buyer;
      toType = handout.code;
      coupon = handout.coupon;
      expiresAt = yearsAfter(Date.now(), 1);
      clockAheadMs = 0;
      moment = "today";
      await start();
    },
    async activate(typed) {
      const outcome = await activateRenewal(running(), typed, terms());
      if ("problem" in outcome) return outcome.problem;
      customer = { ...customer, licence: outcome.serial };
      toType = undefined;
      said = { tone: "good", text: "Activated. Your licence runs for a year." };
      return undefined;
    },
    async view() {
      const status = running().status();
      prompt ??= takePrompt(running());
      const seller = await running().attribution.get();
      return {
        now: new Date(now()),
        moment,
        licence: customer.licence,
        toType,
        coupon,
        expiresAt: new Date(expiresAt),
        status,
        seller: seller === null ? undefined : (sellers[seller.partner] ?? seller.partner),
        prompt,
        said,
      };
    },
    async moveTo(id) {
      const wanted = moments.find((one) => one.id === id);
      if (wanted === undefined) return;
      const before = now();
      const after = wanted.at({ expiresAt, now: before });
      clockAheadMs = after - Date.now();
      if (after < before) machines += 1;
      moment = wanted.id;
      await start();
    },
    async renew() {
      const { url } = await running().openRenewal();
      return url;
    },
    snooze(option) {
      const result = running().snooze(option);
      prompt = null;
      if (result.code !== "snoozed") return;
      said = {
        tone: "plain",
        text: `All right. The next reminder comes on ${dayText(new Date(result.until))}.`,
      };
    },
    sayRenewed() {
      if (prompt?.snoozeOptions.includes("1d")) running().snooze("1d");
      prompt = null;
      said = { tone: "plain", text: "Thank you. As soon as the store tells us, your new date stands here." };
    },
    take({ order, years, licence: paid }) {
      if (paid !== customer.licence || paidOrders.has(order)) return;
      paidOrders.add(order);
      expiresAt = yearsAfter(Math.max(expiresAt, now()), years);
      moment = undefined;
      prompt = null;
      running().license.set(licence());
      said = {
        tone: "good",
        text: `Thank you! Your licence now runs until ${dayText(new Date(expiresAt))}.`,
      };
    },
  };
}

function yearsAfter(at: number, years: number): number {
  const date = new Date(at);
  date.setFullYear(date.getFullYear() + years);
  return date.getTime();
}
