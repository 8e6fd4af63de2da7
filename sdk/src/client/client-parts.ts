import { createAttributionKeeper } from "../attribution/attribution.ts";
import { defaultCarriers } from "../capture/capture.ts";
import { createDocuments } from "../documents/documents.ts";
import { createFileTokenStore } from "../documents/file-token-store.ts";
import { platformFolder } from "../documents/platform-folder.ts";
import { createProblemList } from "../documents/problem.ts";
import { nowhere } from "../documents/token-store.ts";
import { createKeySet, renewalLink, withoutTrailingSlash } from "../protocol/index.ts";
import { createReceiver } from "../receiver/receiver.ts";
import { createRegistrar } from "../receiver/registration.ts";
import { createRedeemer } from "../receiver/voucher.ts";
import { isTime } from "../renewal/calendar.ts";
import type { Licence } from "../renewal/licence.ts";
import type { RenewalFacts } from "../renewal/status.ts";
import { attempt } from "../runtime/attempt.ts";
import { createBrowserOpener } from "../runtime/open-browser.ts";
import { readSurroundings } from "../runtime/surroundings.ts";
import { assertOptions, calendarOf, type RenewalClientOptions } from "./client-options.ts";
import { assertOption } from "./errors.ts";
import { createLastSeen } from "./last-seen.ts";
import { createLicenceKeeper } from "./licence-keeper.ts";
import { createPermission } from "./permission.ts";
import { createReminderKeeper } from "./reminder-keeper.ts";

/** Makes what a client is put together of. @throws {TallystickError} for options no start could work with */
export function createClientParts(options: RenewalClientOptions) {
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
  return {
    attribution,
    lastSeen,
    licences,
    linkTo: createLinkMaker(address, product),
    now,
    openBrowser,
    permission,
    problems,
    product,
    readFacts,
    receiver,
    redeemVoucher,
    registrar,
    reminders,
  };
}

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
