import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import type { PurchaseEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import type { SingleReading } from "../shop.ts";
import { readJson, readPayload } from "./read-json.ts";
import { type ApiAnswer, askShopApi, ShopApiError } from "./shop-api.ts";

/** What a shop's API told of one object, and what kind of object it is, in the plural: `orders`. */
export interface Listed {
  resource: string;
  reading: SingleReading;
}

/** The time from which on objects are read, and the time it is now. */
export interface ListRange {
  since: Instant;
  now: Instant;
}

/**
 * Reads what changed at a shop since a time by its API, each object as its webhooks would have told of it. To read it
 * again changes nothing.
 *
 * @throws ShopApiError when the API gives no answer, or refuses the credentials
 */
export type ListOrders = (range: ListRange) => AsyncGenerator<Listed>;

/**
 * An event as an API tells it that leaves out what travelled with the customer. Such a sale has a name of its own, so that
 * the webhook which tells the reference counts as well, however late it comes.
 */
export const asListed = (event: PurchaseEvent): PurchaseEvent =>
  event.effect === "sale"
    ? { ...event, eventId: `listed-${event.eventId}`, objectId: `listed-${event.objectId}` }
    : event;

/** A million objects at most: a shop that has more is asked for a shorter time. */
export const maxPages = 10_000;

/** The pauses before asking again where the API does not say how long, in seconds. */
const usualPauses = [0.5, 1, 2, 5, 10];
/** What went wrong at the shop is tried again so often. */
const mostRepairs = 3;
/** A person who waits for the command is not kept longer. */
const mostSecondsToPause = 300;

interface Ask<Schema extends z.ZodType> {
  authorization: string;
  schema: Schema;
  accept?: string;
  /** The header that the credentials go in, where it is another. */
  header?: string;
  /** Numbers are read as the text they were written as. */
  exactNumbers?: boolean;
  /** Whether to ask again where the shop has no answer, or a failure of its own, as whoever reads a whole list does. */
  patient?: boolean;
}

/** A document of a shop's API, with its headers: some say there where the next page is. */
export interface ListedPage<Value> {
  value: Value;
  headers: Record<string, string | string[] | undefined>;
}

/**
 * Asks a shop's API for a document of a shape. Waits where the API says that it was asked too often.
 *
 * @throws ShopApiError for any other answer; its words hold no secret
 */
export async function askForList<Schema extends z.ZodType>(
  url: URL,
  ask: Ask<Schema>,
): Promise<z.output<Schema>> {
  return (await askForPage(url, ask)).value;
}

/**
 * The same, with the answer's headers.
 *
 * @throws ShopApiError as `askForList` does
 */
export async function askForPage<Schema extends z.ZodType>(
  url: URL,
  { authorization, schema, exactNumbers = false, patient = false, ...how }: Ask<Schema>,
): Promise<ListedPage<z.output<Schema>>> {
  for (let tries = 0; ; tries++) {
    const answer = await askShopApi(url, authorization, how).catch(asFailure);
    const seconds = pauseBefore(answer, { tries, patient });
    if (seconds !== undefined) {
      await pause(1000 * seconds);
      continue;
    }
    if (answer instanceof ShopApiError) throw answer;
    const { status, headers, body } = answer;
    if (status === 401 || status === 403)
      throw new ShopApiError(
        `${url.host} answered ${status}: the configured key may not read ${url.pathname}`,
        status,
      );
    if (status !== 200) throw new ShopApiError(`${url.host} answered ${status}${delayIn(answer)}`, status);
    const json = readJson(body, { exactNumbers });
    const reading = json.outcome === "refused" ? json : readPayload(schema, json.value);
    if (reading.outcome === "refused") throw new ShopApiError(`${url.host} sent no list at ${url.pathname}`);
    return { value: reading.value, headers };
  }
}

function asFailure(error: unknown): ShopApiError {
  if (error instanceof ShopApiError) return error;
  throw error;
}

/** How many seconds to wait before asking once more; undefined where the answer stands. */
function pauseBefore(
  answer: ApiAnswer | ShopApiError,
  { tries, patient }: { tries: number; patient: boolean },
): number | undefined {
  const isTooOften = answer.status === 429;
  const isTheirs = patient && (answer.status === undefined || answer.status >= 500);
  if (tries >= (isTooOften ? usualPauses.length : mostRepairs) || !(isTooOften || isTheirs)) return undefined;
  const seconds = (answer instanceof ShopApiError ? undefined : secondsIn(answer)) ?? usualPauses[tries] ?? 1;
  return seconds > mostSecondsToPause ? undefined : seconds;
}

/**
 * What `Retry-After` says, in seconds: a number of them, or a time by the API's own clock, as
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after has it.
 */
function secondsIn({ headers }: Pick<ApiAnswer, "headers">): number | undefined {
  const text = String(headers["retry-after"] ?? "").trim();
  if (/^[0-9]+(\.[0-9]+)?$/.test(text)) return Number(text);
  const until = Date.parse(text);
  if (Number.isNaN(until)) return undefined;
  const now = Date.parse(String(headers.date ?? ""));
  return Math.max(0, Math.ceil((until - (Number.isNaN(now) ? Date.now() : now)) / 1000));
}

function delayIn(answer: ApiAnswer): string {
  const seconds = secondsIn(answer) ?? 0;
  return seconds > mostSecondsToPause
    ? `: it wants to be asked again in ${Math.ceil(seconds / 60)} minutes`
    : "";
}

/** Why a list cannot be followed to its end: an API that says there is more, and not where. */
export const noNextPage = (url: URL): ShopApiError =>
  new ShopApiError(`${url.host} says that there is more at ${url.pathname}, and not where`);
