import type { Carrier } from "../capture/carrier.ts";
import type { TokenStore } from "../documents/token-store.ts";
import { idPattern, issuerPattern, type UncheckedKeySet } from "../protocol/index.ts";
import { type Calendar, systemCalendar, zoneCalendar } from "../renewal/calendar.ts";
import type { OpenBrowser } from "../runtime/open-browser.ts";
import type { Surroundings } from "../runtime/surroundings.ts";
import { readWebAddress } from "../runtime/web-address.ts";
import { assertOption, TallystickError } from "./errors.ts";
import { type SendMode, sendModes } from "./permission.ts";

/** What a product says once. The first three are needed, the fourth is strongly advised. */
export interface RenewalClientOptions {
  /** The product's id, as in the receiver's configuration. */
  product: string;
  /** The receiver's address: https, or http on this machine; it may have a path. */
  receiver: string;
  /** The receiver's public keys, built into the product: its `/.well-known/jwks.json`. Keep old keys in it. */
  keys: UncheckedKeySet;
  /** Where to send the customer if the receiver does not answer. */
  shopUrl?: string | undefined;
  /** Who signs the tokens, when it is not the receiver's address itself. */
  issuer?: string | undefined;
  /** Days after the end in which the customer is still asked to renew. Default 14. */
  graceDays?: number | undefined;
  /** When the token may leave the device. Default: when the product registers, and in the renewal link. */
  send?: SendMode | undefined;
  /** The customer's IANA time zone. Default: the machine's. */
  timeZone?: string | undefined;
  /** A folder that is the SDK's alone. Default: the platform's own place for this user. */
  folder?: string | undefined;
  /** Instead of files. */
  store?: TokenStore | undefined;
  /** Where tokens are looked for, in order. Default: `defaultCarriers`. */
  carriers?: readonly Carrier[] | undefined;
  /** Opens an address, such as Electron's `shell.openExternal`. Default: the platform's opener. */
  openBrowser?: OpenBrowser | undefined;
  /** Milliseconds since 1970. Default: `Date.now`. */
  now?: (() => number) | undefined;
  /** Default: the global `fetch` at the moment of the call. */
  fetch?: typeof globalThis.fetch | undefined;
  /** What is read of the process, in place of its own. */
  surroundings?: Partial<Surroundings> | undefined;
}

const isFunction = (value: unknown) => typeof value === "function";

/** Whether an object has functions of these names. */
const offers = (value: unknown, ...names: string[]) =>
  names.every((name) => isFunction((value as Record<string, unknown> | null)?.[name]));

/** What may be given under each name, beside nothing. `true`: it has a code of its own. */
const optionShapes: Record<keyof RenewalClientOptions, true | ((given: unknown) => boolean)> = {
  product: true,
  receiver: true,
  keys: true,
  shopUrl: true,
  issuer: true,
  graceDays: true,
  send: true,
  timeZone: true,
  folder: (given) => typeof given === "string" && given !== "",
  store: (given) => offers(given, "read", "create", "replace", "setAside", "describe"),
  carriers: (given) => Array.isArray(given) && given.every((carrier) => offers(carrier, "look")),
  openBrowser: isFunction,
  now: isFunction,
  fetch: isFunction,
  surroundings: (given) => typeof given === "object",
};

/** Throws a `TallystickError` for options that no start of the product could work with. */
export function assertOptions(options: RenewalClientOptions): void {
  for (const [name, given] of Object.entries(options ?? {})) {
    assertOption(Object.hasOwn(optionShapes, name), "option_unknown", `there is no option ${name}`);
    const fits = optionShapes[name as keyof RenewalClientOptions];
    const isSound = fits === true || given === undefined || given === null || fits(given);
    assertOption(isSound, "option_refused", `${name} is not what this option takes`);
  }
  const { product, receiver, shopUrl, issuer, graceDays, send } = options ?? {};
  assertOption(
    typeof product === "string" && idPattern.test(product),
    "product_refused",
    `product must match ${idPattern.source}`,
  );
  const address = readWebAddress(receiver);
  assertOption(
    address !== undefined && address.search === "" && address.hash === "",
    "receiver_refused",
    "receiver must be an https address (http on this machine) without a query",
  );
  const shopIsSound = shopUrl === undefined || readWebAddress(shopUrl) !== undefined;
  assertOption(shopIsSound, "shop_url_refused", "shopUrl must be an https address (http on this machine)");
  const issuerIsSound = issuer === undefined || (typeof issuer === "string" && issuerPattern.test(issuer));
  assertOption(
    issuerIsSound,
    "issuer_refused",
    "issuer must be an https address (http on this machine) without a slash at its end",
  );
  const graceIsSound =
    graceDays === undefined || (Number.isInteger(graceDays) && graceDays >= 0 && graceDays <= 366);
  assertOption(graceIsSound, "grace_days_refused", "graceDays must be 0 to 366");
  const sendIsSound = send === undefined || sendModes.includes(send);
  assertOption(sendIsSound, "send_refused", `send must be one of ${sendModes.join(", ")}`);
}

/** The customer's calendar; throws a `TallystickError` for a time zone that does not exist. */
export function calendarOf(timeZone: string | undefined): Calendar {
  if (timeZone === undefined) return systemCalendar;
  try {
    return zoneCalendar(timeZone);
  } catch (cause) {
    throw new TallystickError("time_zone_unknown", "timeZone must be an IANA time zone", { cause });
  }
}
