import {
  type Attribution,
  attributionOf,
  type CaptureResult,
  createAttributionKeeper,
} from "../attribution/attribution.ts";
import { defaultCarriers } from "../capture/capture.ts";
import { createDocuments } from "../documents/documents.ts";
import { createFileTokenStore } from "../documents/file-token-store.ts";
import { platformFolder } from "../documents/platform-folder.ts";
import { createProblemList, type StoreProblem } from "../documents/problem.ts";
import { nowhere } from "../documents/token-store.ts";
import { createKeySet, renewalLink, withoutTrailingSlash } from "../protocol/index.ts";
import { type OpenResult, openRenewalPage, shopAddress } from "../receiver/opening.ts";
import { createReceiver } from "../receiver/receiver.ts";
import { createRegistrar, type RegisterResult } from "../receiver/registration.ts";
import { createRedeemer, type RedeemResult } from "../receiver/voucher.ts";
import { isTime } from "../renewal/calendar.ts";
import type { Licence } from "../renewal/licence.ts";
import type { Reminder } from "../renewal/reminder.ts";
import type { SnoozeOption } from "../renewal/snooze.ts";
import { type RenewalFacts, type RenewalStatus, renewalStatus, termDays } from "../renewal/status.ts";
import { attempt } from "../runtime/attempt.ts";
import { createBrowserOpener } from "../runtime/open-browser.ts";
import { readSurroundings } from "../runtime/surroundings.ts";
import { assertOptions, calendarOf, type RenewalClientOptions } from "./client-options.ts";
import { assertOption } from "./errors.ts";
import { createLastSeen } from "./last-seen.ts";
import { createLicenceKeeper, type LicenceResult } from "./licence-keeper.ts";
import { type ConsentResult, createPermission } from "./permission.ts";
import {
  createReminderKeeper,
  type DeclineResult,
  type ShownResult,
  type SnoozeResult,
} from "./reminder-keeper.ts";
import type { Timeline } from "./timeline.ts";

/** What a product talks to. After the client is made nothing throws: outcomes are values with a stable `code`. */
export interface RenewalClient {
  /** Which partner handed this copy out. */
  attribution: {
    /** Call at each start: finds, verifies and stores the token, once. Costs one small read when it has been done. */
    capture(options?: { token?: string | undefined }): Promise<CaptureResult>;
    /** Who handed this copy out; `null` when nobody is known. */
    get(): Promise<Attribution | null>;
  };
  /** Which licence this copy has, and until when. */
  license: {
    /** Says which licence this copy has, at each start or when it changes. It is kept. A new end begins a new term. */
    set(licence: Licence): LicenceResult;
    /** The licence that was set last, in an earlier process too; `null` when none was. */
    get(): Licence | null;
  };
  /** Where the licence stands now. */
  status(): RenewalStatus;
  /** The prompt that is due, or `null`. Say `markShown()` when it is on the screen. */
  reminder(): Reminder | null;
  /** Notes that the prompt is on the screen: its stage is not due again. `nothing_due`: it must not be shown. */
  markShown(): ShownResult;
  /** The customer puts the prompt off: for one of the reminder's `snoozeOptions`, never past the licence's end. */
  snooze(option: SnoozeOption): SnoozeResult;
  /** The customer says no: no prompt is due until the licence has a new term. */
  decline(): DeclineResult;
  /** Who sold this copy, with the name to show; `name` is `null` until the receiver has told it. `null`: nobody is known. */
  partner(): Partner | null;
  /** With `send: "withConsent"`: what the customer said. It is kept. */
  consent(given: boolean): ConsentResult;
  /** The dates that a prompt is made of. */
  timeline(): Timeline;
  /** For a product that runs for weeks: counts as a new process start, such as when its window is opened again. */
  beginSession(): void;
  /** The renewal link, made offline. */
  renewalUrl(): Promise<string>;
  /** Opens the link in the customer's browser, or the shop when the receiver gives no sign of life within 1.5 seconds. */
  openRenewal(): Promise<OpenResult>;
  /**
   * Binds the licence to the token's partner, or to the partner who sold the serial that the copy was activated with,
   * whose token is then kept. May be called at every start.
   */
  register(options?: RegisterOptions): Promise<RegisterResult>;
  /** Exchanges a voucher for a serial, as the customer typed it. An answer that was lost is given again. */
  redeemVoucher(code: string): Promise<RedeemResult>;
  /** What was kept and could not be used, or could not be kept. */
  problems(): StoreProblem[];
  /** Resolves when nothing is under way in the background: for tests, and before a short-lived program exits. */
  idle(): Promise<void>;
}

/** How a copy is registered. */
export interface RegisterOptions {
  /** What the copy was activated with, in place of a token. */
  serial?: string | undefined;
  /**
   * Whether the receiver is told when the licence ends, so that who sold its term has its renewal, and the customer can be
   * reminded. Never by default, and never before `send` lets a registration leave the device.
   */
  tellTerm?: boolean | undefined;
}

/** Who sold a copy. */
export interface Partner {
  /** The partner's id at the vendor, such as `north-shop`. */
  id: string;
  /** The display name. `null`: this copy has not registered yet, or the receiver did not tell it. */
  name: string | null;
}

/**
 * Makes the client of one product. Reads no file and uses no network until it is asked something.
 *
 * @throws {TallystickError} for options no start could work with: a programmer's mistake, with a `code`
 * @example
 * ```ts
 * const renewal = createRenewalClient({ product: "acme-paint", receiver: "https://renew.acme.example", keys: jwks });
 * await renewal.attribution.capture();
 * console.log(await renewal.renewalUrl());
 * ```
 */
export function createRenewalClient(options: RenewalClientOptions): RenewalClient {
  assertOptions(options);
  const { product, receiver: address, graceDays = 14 } = options;
  const now = soundClock(options.now);
  const keys = createKeySet(options.keys);
  assertOption(keys.kids.length > 0, "keys_malformed", "keys must be the receiver's key set");
  const calendar = calendarOf(options.timeZone);
  const surroundings = readSurroundings(options.surroundings);
  const folder = options.folder ?? attempt(() => platformFolder(product, surroundings), undefined);
  const store = options.store ?? storeIn(folder);
  const problems = createProblemList();
  const documents = createDocuments(store, problems);
  const lastSeen = createLastSeen(documents, now);
  const licences = createLicenceKeeper(documents, lastSeen, now);
  const readFacts = (): RenewalFacts => ({
    licence: licences.get(),
    graceDays,
    calendar,
    ...lastSeen.observe(),
  });
  const reminders = createReminderKeeper(documents, readFacts);
  const permission = createPermission(documents, options.send);
  const receiver = createReceiver(address, options.fetch ?? ((...request) => globalThis.fetch(...request)));
  const openBrowser = options.openBrowser ?? createBrowserOpener(surroundings);
  const attribution = createAttributionKeeper({
    keys,
    issuer: options.issuer ?? withoutTrailingSlash(new URL(address).href),
    product,
    carriers: options.carriers ?? defaultCarriers,
    surroundings,
    documents,
    now,
  });
  const keepToken = (token: string) => attribution.capture(token);
  const redeemVoucher = createRedeemer({ product, receiver, documents, keepToken });
  const registrar = createRegistrar({
    product,
    receiver,
    documents,
    keepToken,
    mayRegister: permission.toRegister,
    loadToken: attribution.load,
    takeOtherTokens: attribution.takeOthers,
    now,
    onServerTime: lastSeen.correct,
  });
  const links = createLinkMaker(address, product);
  let background: Promise<unknown> = Promise.resolve();
  let sessionBeganAt = now();

  /** Registrations that wait are sent again beside what the product does, never before it. */
  const repeatInBackground = () => {
    if (permission.toRegister()) background = Promise.allSettled([background, registrar.repeatWaiting()]);
  };

  const renewalUrl = async (): Promise<string> => {
    const held = permission.inLink() ? (attribution.held ?? (await attribution.load())) : undefined;
    return links(held?.token, licences.get());
  };

  return {
    attribution: {
      async capture(given = {}) {
        const result = await attribution.capture(attempt(() => given.token, undefined));
        repeatInBackground();
        return result;
      },
      async get() {
        const held = await attribution.load();
        return held === undefined ? null : attributionOf(held.claims);
      },
    },
    license: { set: licences.set, get: licences.get },
    status: () => renewalStatus(readFacts()),
    reminder: reminders.due,
    markShown: reminders.markShown,
    snooze: reminders.snooze,
    decline: reminders.decline,
    partner() {
      const id = attribution.atOnce()?.claims.sub ?? registrar.lastPartner();
      return id === undefined ? null : { id, name: registrar.nameOf(id) };
    },
    consent: permission.consent,
    timeline() {
      const facts = readFacts();
      const firstSeenAt = lastSeen.firstSeenAt();
      return { now: facts.now, sessionBeganAt, firstSeenAt, ...termDays(facts) };
    },
    beginSession() {
      sessionBeganAt = now();
      reminders.beginSession();
    },
    renewalUrl,
    async openRenewal() {
      permission.noteClick();
      const [signOfLife, url] = await Promise.all([receiver.signOfLife(), renewalUrl()]);
      if (signOfLife.code === "alive") {
        lastSeen.correct(signOfLife.serverNow);
        repeatInBackground();
      }
      const shopUrl = options.shopUrl && shopAddress(options.shopUrl, product, licences.get()?.id);
      return openRenewalPage({ signOfLife, renewalUrl: url, shopUrl, openBrowser });
    },
    register(given) {
      const { id, expiresAt } = licences.get() ?? {};
      const serial = attempt(() => serialOf(given?.serial), undefined);
      const term = attempt(
        () => (given?.tellTerm === true && expiresAt ? new Date(expiresAt).toISOString() : undefined),
        undefined,
      );
      return registrar.register(id, serial, term);
    },
    redeemVoucher,
    problems: problems.all,
    idle: async () => void (await background),
  };
}

/** A serial of digits may come as a number. What is neither text nor number is none. */
const serialOf = (given: unknown): string | undefined =>
  typeof given === "string" || typeof given === "number" ? String(given) : undefined;

const storeIn = (folder: string | undefined) =>
  folder === undefined ? nowhere : createFileTokenStore(folder);

/** A clock that says nothing usable must not make dates that throw: the machine's own counts then. */
function soundClock(given: () => number = Date.now): () => number {
  return () => {
    const time = attempt(given, Number.NaN);
    return isTime(time) ? time : Date.now();
  };
}

/** The last link is kept: a product that shows it on every page asks for the same one again and again. */
function createLinkMaker(receiver: string, product: string) {
  let last: { token: string | undefined; licence: Licence | null; link: string } | undefined;
  return (token: string | undefined, licence: Licence | null): string => {
    if (last !== undefined && last.token === token && last.licence === licence) return last.link;
    const parts = { ...(token ? { token } : {}), ...(licence?.email ? { email: licence.email } : {}) };
    const link = renewalLink({ receiver, product, ...parts, ...(licence ? { licence: licence.id } : {}) });
    last = { token, licence, link };
    return link;
  };
}
