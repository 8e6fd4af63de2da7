import type { RenewalClient } from "../index.ts";
import { answerPrompt } from "../prompt/answer.ts";
import { en } from "../prompt/languages/en.ts";
import { loadLanguage } from "../prompt/load-language.ts";
import { dueNotices } from "../prompt/notices/due-notices.ts";
import { licenceView, promptView, promptWait } from "../prompt/prompt-view.ts";

/** A licence whose prompt is due at `noon`. */
export const dueLicence = { id: "AAAA-BBBB", expiresAt: "2026-12-05" };

/** What a product's own code may do to the SDK. */
export const fail = (): never => {
  throw new Error("from the product's own code");
};

/** An object that cannot be looked at. */
const untouchable = new Proxy({}, { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail });

/** What a caller without types may hand over anywhere. */
export const oddities: readonly unknown[] = [
  undefined,
  null,
  true,
  7,
  -1,
  Number.NaN,
  7n,
  Symbol("odd"),
  "",
  "\ud800",
  "x".repeat(100_000),
  [],
  {},
  () => {},
  Object.create(null),
  { toString: fail },
  { get id() { return fail(); }, get token() { return fail(); }, get serial() { return fail(); } }, // biome-ignore format: one line
  untouchable,
];

/** Every call of the client, each argument in the place of every other. */
export const calls: Record<string, (client: RenewalClient, odd: never) => unknown> = {
  capture: (client, odd) => client.attribution.capture(odd),
  "capture({ token })": (client, odd) => client.attribution.capture({ token: odd }),
  "attribution.get": (client) => client.attribution.get(),
  "license.set": (client, odd) => client.license.set(odd),
  "license.set({ id })": (client, odd) => client.license.set({ ...dueLicence, id: odd }),
  "license.set({ expiresAt })": (client, odd) => client.license.set({ ...dueLicence, expiresAt: odd }),
  "license.set({ email })": (client, odd) => client.license.set({ ...dueLicence, email: odd }),
  "license.get": (client) => client.license.get(),
  status: (client) => client.status(),
  reminder: (client) => client.reminder(),
  markShown: (client) => client.markShown(),
  snooze: (client, odd) => client.snooze(odd),
  decline: (client) => client.decline(),
  partner: (client) => client.partner(),
  consent: (client, odd) => client.consent(odd),
  timeline: (client) => client.timeline(),
  beginSession: (client) => client.beginSession(),
  renewalUrl: (client) => client.renewalUrl(),
  openRenewal: (client) => client.openRenewal(),
  register: (client, odd) => client.register(odd),
  "register({ serial })": (client, odd) => client.register({ serial: odd }),
  redeemVoucher: (client, odd) => client.redeemVoucher(odd),
  promptView: (client, odd) => promptView(client, odd),
  "promptView({ language })": (client, odd) => promptView(client, { language: odd }),
  "promptView({ language: { tag } })": (client, odd) => promptView(client, { language: { ...en, tag: odd } }),
  "promptView({ texts })": (client, odd) => promptView(client, { texts: odd }),
  "promptView({ texts: { title } })": (client, odd) => promptView(client, { texts: { title_expiring: odd } }),
  "promptView({ texts: { by } })": (client, odd) =>
    promptView(client, { texts: { title_expiring: { by: odd, variants: odd } } }),
  "promptView({ price })": (client, odd) => promptView(client, { price: odd }),
  "promptView({ price: { currency } })": (client, odd) =>
    promptView(client, { price: { amountMinor: odd, currency: odd } }),
  "promptView({ note })": (client, odd) => promptView(client, { note: odd, productName: odd }),
  "promptView({ host })": (client, odd) => promptView(client, { host: odd }),
  "promptView({ host: () => … })": (client, odd) => promptView(client, { host: () => odd }),
  promptWait: (client, odd) => promptWait(client, odd),
  licenceView: (client, odd) => licenceView(client, odd),
  "answerPrompt(id)": (client, odd) => answerPrompt(client, odd),
  "answerPrompt(options)": (client, odd) => answerPrompt(client, "snooze_1d", odd),
  "answerPrompt({ timeZone })": (client, odd) => answerPrompt(client, "snooze_1d", { timeZone: odd }),
  "answerPrompt({ readLicence })": (client, odd) => answerPrompt(client, "renewed", { readLicence: odd }),
  "answerPrompt({ readLicence: () => … })": (client, odd) =>
    answerPrompt(client, "renewed", { readLicence: () => odd }),
  loadLanguage: (_, odd) => loadLanguage(odd),
  dueNotices: (client, odd) => dueNotices(client, odd),
  "dueNotices({ country })": (client, odd) => dueNotices(client, { country: odd, termBeganOn: odd }),
  problems: (client) => client.problems(),
  idle: (client) => client.idle(),
};
