import { join } from "node:path";
import type { JsonWebKeySet, Reminder, RenewalClient } from "@tallystick/sdk";
import {
  answerPrompt,
  en,
  type PromptActionId,
  type PromptAnswer,
  type PromptLanguage,
} from "@tallystick/sdk/prompt";
import type { Addresses } from "../addresses.ts";
import { type Customer, soldCopy } from "../cast.ts";
import type { LicenceNotice } from "../licence-notice.ts";
import type { Handout } from "../ways/way.ts";
import { type CopyView, dayText } from "./copy-view.ts";
import { moments } from "./moments.ts";
import { type Program, putInPlace } from "./put-in-place.ts";
import { activateRenewal, embedRenewal, reminderView, startRenewal, takeReminder } from "./renewal.ts";

/** One copy of Acme Paint on a customer's machine. Its clock is the demo's. */
export interface Copy {
  /**
   * Installs what the customer carried home in place of the copy before, and starts it for the first time: a year's
   * licence from now.
   */
  install(handout: Handout, customer?: Customer): Promise<void>;
  /** Activates the copy with a serial or a voucher that the customer typed. Returns what is wrong, if anything is. */
  activate(typed: string): Promise<string | undefined>;
  view(language?: PromptLanguage): Promise<CopyView>;
  /** Sets the clock and starts the program anew. Unknown moments change nothing. */
  moveTo(moment: string): Promise<void>;
  /** Where the customer's browser goes to renew. */
  renew(): Promise<string>;
  /** Does what she chose in the prompt. */
  answer(id: PromptActionId, language: PromptLanguage): Promise<PromptAnswer>;
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
  let reminder: Reminder | null = null;
  let registered: Promise<unknown> = Promise.resolve();
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
    reminder = null;
    said = undefined;
    const started = await startRenewal(renewal, toType === undefined ? licence() : undefined);
    registered = started.registered;
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
    async view(language = en) {
      await registered; // The demo's page is opened a moment after its start; a product's window would not wait.
      const status = running().status();
      reminder ??= takeReminder(running());
      const partner = running().partner();
      return {
        now: new Date(now()),
        moment,
        licence: customer.licence,
        toType,
        coupon,
        expiresAt: new Date(expiresAt),
        status,
        seller: partner === null ? undefined : (partner.name ?? partner.id),
        prompt: reminder && reminderView(running(), reminder, language),
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
    async answer(id, language) {
      const answer = await answerPrompt(running(), id, { language, readLicence: licence });
      if (answer.code !== "enter_key") reminder = null;
      return answer;
    },
    take({ order, years, licence: paid }) {
      if (paid !== customer.licence || paidOrders.has(order)) return;
      paidOrders.add(order);
      expiresAt = yearsAfter(Math.max(expiresAt, now()), years);
      moment = undefined;
      reminder = null;
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
