import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import type { Instant } from "../../words/clock.ts";
import type { SingleReading } from "../shop.ts";
import { readJson, readPayload } from "./read-json.ts";
import { askShopApi, ShopApiError } from "./shop-api.ts";

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

/** A million objects at most: a shop that has more is asked for a shorter time. */
export const maxPages = 10_000;

const mostPauses = 5;
const mostSecondsToPause = 60;

interface Ask<Schema extends z.ZodType> {
  authorization: string;
  schema: Schema;
  accept?: string;
  /** The header that the credentials go in, where it is another. */
  header?: string;
  /** Numbers are read as the text they were written as. */
  exactNumbers?: boolean;
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
  { authorization, schema, exactNumbers = false, ...how }: Ask<Schema>,
): Promise<ListedPage<z.output<Schema>>> {
  for (let pauses = 0; ; pauses++) {
    const { status, headers, body } = await askShopApi(url, authorization, how);
    if (status === 429 && pauses < mostPauses) {
      await pause(1000 * secondsIn(headers["retry-after"]));
      continue;
    }
    if (status === 401 || status === 403)
      throw new ShopApiError(
        `${url.host} answered ${status}: the configured key may not read ${url.pathname}`,
        status,
      );
    if (status !== 200) throw new ShopApiError(`${url.host} answered ${status}`, status);
    const json = readJson(body, { exactNumbers });
    const reading = json.outcome === "refused" ? json : readPayload(schema, json.value);
    if (reading.outcome === "refused") throw new ShopApiError(`${url.host} sent no list at ${url.pathname}`);
    return { value: reading.value, headers };
  }
}

function secondsIn(header: string | string[] | undefined): number {
  const seconds = Number(header ?? 1);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), mostSecondsToPause) : 1;
}
