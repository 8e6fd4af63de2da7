import type { Instant } from "../../words/clock.ts";
import type { ShopApiError } from "./shop-api.ts";

/** An event that was kept waiting for what its shop's API tells beside it for so long is taken without. */
const givenUpAfterMs = 86_400_000;

/** When what is asked about happened, and the time it is now; without one the API is asked until it answers. */
export interface Patience {
  happenedAt: Instant;
  now?: Instant | undefined;
}

/**
 * What a shop's API tells beside an event, or nothing where it never will: it knows no such thing, the credentials may not
 * read it, or it has given no answer for a day. No sale is lost for it.
 *
 * @throws ShopApiError when it should be asked again
 */
export async function toldByApi<Told>(
  asked: Promise<Told>,
  { happenedAt, now }: Patience,
): Promise<Told | undefined> {
  try {
    return await asked;
  } catch (error) {
    const { status } = error as Partial<ShopApiError>;
    const isFinal = status !== undefined && status >= 400 && status < 500 && status !== 429;
    if (isFinal || (now !== undefined && now - happenedAt > givenUpAfterMs)) return undefined;
    throw error;
  }
}
