import { attributionOf } from "../attribution/attribution.ts";
import { openRenewalPage, shopAddress } from "../receiver/opening.ts";
import { renewalStatus, termDays } from "../renewal/status.ts";
import { attempt } from "../runtime/attempt.ts";
import type { RenewalClientOptions } from "./client-options.ts";
import { createClientParts } from "./client-parts.ts";
import type { RenewalClient } from "./renewal-client.ts";

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
  const { attribution, lastSeen, licences, linkTo, now, permission, problems, product, ...parts } =
    createClientParts(options);
  const { openBrowser, readFacts, receiver, redeemVoucher, registrar, reminders } = parts;
  let background: Promise<unknown> = Promise.resolve();
  let sessionBeganAt = now();

  /** Registrations that wait are sent again beside what the product does, never before it. */
  const repeatInBackground = () => {
    if (permission.toRegister()) background = Promise.allSettled([background, registrar.repeatWaiting()]);
  };

  const renewalUrl = async (): Promise<string> => {
    const held = permission.inLink() ? (attribution.held ?? (await attribution.load())) : undefined;
    return linkTo(held?.token, licences.get());
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
