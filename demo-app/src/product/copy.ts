import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonWebKeySet, Reminder, RenewalClient, SnoozeOption } from "@tallystick/sdk";
import type { Addresses } from "../addresses.ts";
import { sellers, soldCopy } from "../cast.ts";
import type { LicenceNotice } from "../licence-notice.ts";
import { type CopyView, dayText } from "./copy-view.ts";
import { moments } from "./moments.ts";
import { embedRenewal, startRenewal, takePrompt } from "./renewal.ts";

/** One copy of Acme Paint on a customer's machine. Its clock is the demo's. */
export interface Copy {
  /** Puts the reseller's token beside the program, as the installer does, and starts it for the first time. */
  install(token: string): Promise<void>;
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
  const programFolder = join(folder, "acme-paint");
  const paidOrders = new Set<string>();
  let expiresAt = yearsAfter(Date.now(), 1);
  let clockAheadMs = 0;
  let timesSetBack = 0;
  let moment: string | undefined = "today";
  let prompt: Reminder | null = null;
  let said: CopyView["said"];
  let renewal: RenewalClient | undefined;

  const now = () => Date.now() + clockAheadMs;
  const running = (): RenewalClient => {
    if (renewal === undefined) throw new Error("Acme Paint is not installed");
    return renewal;
  };
  const licence = () => ({
    id: soldCopy.licence,
    expiresAt: new Date(expiresAt).toISOString(),
    email: soldCopy.email,
  });

  /** The SDK notices a clock that was set back, so a demo that goes back in time begins on an empty folder. */
  async function start(): Promise<void> {
    renewal = embedRenewal(
      { receiver: addresses.receiver, keys, shopUrl: `${addresses.shop}/checkout` },
      {
        folder: join(folder, `customer-${timesSetBack}`),
        now,
        openBrowser: async () => ({ code: "opened" }), // the page's own tab goes there
        surroundings: { argv: ["node", join(programFolder, "acme-paint.js")], env: {}, home: folder },
      },
    );
    prompt = null;
    said = undefined;
    await startRenewal(renewal, licence());
  }

  return {
    async install(token) {
      await mkdir(programFolder, { recursive: true });
      await writeFile(join(programFolder, "tallystick.token"), `${token}\n`);
      await start();
    },
    async view() {
      const status = running().status();
      prompt ??= takePrompt(running());
      const seller = await running().attribution.get();
      return {
        now: new Date(now()),
        moment,
        licence: soldCopy.licence,
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
      if (after < before) timesSetBack += 1;
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
      if (paid !== soldCopy.licence || paidOrders.has(order)) return;
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
