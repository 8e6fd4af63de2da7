import type { RenewalClient } from "../client/renewal-client.ts";
import type { Licence } from "../renewal/licence.ts";
import type { SnoozeOption } from "../renewal/snooze.ts";
import { attempt, membersOf } from "../runtime/attempt.ts";
import { writeDay, writeInstant } from "./language.ts";
import { languageOf, type PromptActionId, type PromptOptions, writerOf } from "./prompt-view.ts";

/** What an answer came to. `said`: one sentence for the customer; `null` when the product itself goes on. */
export type PromptAnswer =
  | { code: "opened" | "snoozed" | "declined" | "renewed" | "waiting"; said: string }
  /** No browser could be opened: `said` has the address, and `url` is it. */
  | { code: "not_opened"; said: string; url: string }
  /** The product asks for the key, and calls `license.set()`. */
  | { code: "enter_key"; said: null }
  /** It was answered elsewhere in the meantime, such as by another window. */
  | { code: "nothing_to_answer"; said: null };

/** What answering works with, beside the words. */
export interface AnswerOptions extends Pick<PromptOptions, "language" | "texts"> {
  /** Looks up the licence anew, for a customer who says that she has renewed already. */
  readLicence?: (() => Promise<Licence | undefined> | Licence | undefined) | undefined;
  /** The customer's IANA time zone. Default: the machine's. */
  timeZone?: string | undefined;
}

/**
 * Does what the customer chose, and says what it came to. Never throws.
 *
 * @example
 * ```ts
 * const { said } = await answerPrompt(client, "snooze_3d");
 * ```
 */
export async function answerPrompt(
  client: RenewalClient,
  id: PromptActionId,
  given: AnswerOptions = {},
): Promise<PromptAnswer> {
  const options = membersOf(given);
  const write = writerOf(options);
  switch (id) {
    case "renew": {
      const result = await client.openRenewal();
      if (result.code !== "not_opened") return { code: "opened", said: write("said_opened") };
      const { url } = result;
      return { code: "not_opened", said: write("said_not_opened", { url }), url };
    }
    case "decline":
      if (client.decline().code !== "declined") return { code: "nothing_to_answer", said: null };
      return { code: "declined", said: write("said_declined") };
    case "renewed":
      return lookAgain(client, options);
    case "enter_key":
      return { code: "enter_key", said: null };
    default:
      return snooze(client, attempt(() => id.slice("snooze_".length), "") as SnoozeOption, options);
  }
}

function snooze(client: RenewalClient, option: SnoozeOption, options: AnswerOptions): PromptAnswer {
  const result = client.snooze(option);
  if (result.code !== "snoozed") return { code: "nothing_to_answer", said: null };
  const until = writeInstant(tagOf(options), result.until, options.timeZone);
  return { code: "snoozed", said: writerOf(options)("said_snoozed", { until }) };
}

/** Her word stands: when the renewal has not arrived yet she is left in peace for a day, if the end lets her. */
async function lookAgain(client: RenewalClient, options: AnswerOptions): Promise<PromptAnswer> {
  const write = writerOf(options);
  const before = client.timeline().lastDay;
  const licence = await readSafely(options);
  if (licence !== undefined) client.license.set(licence);
  const { state, willRenew } = client.status();
  // A term of a month has less than 30 days left from its start: that it ends later than before is what counts.
  const after = client.timeline().lastDay;
  const isLater = state === "expiring" && before !== null && after !== null && after > before;
  if (state === "active" || state === "perpetual" || isLater) {
    const { lastDay } = client.timeline();
    const title = willRenew ? "title_renews" : "said_renewed";
    const said =
      lastDay === null ? write("title_perpetual") : write(title, { end: writeDay(tagOf(options), lastDay) });
    return { code: "renewed", said };
  }
  client.snooze("1d");
  return { code: "waiting", said: write("said_waiting") };
}

async function readSafely({ readLicence }: AnswerOptions): Promise<Licence | undefined> {
  try {
    return await readLicence?.();
  } catch {
    return undefined;
  }
}

const tagOf = (options: AnswerOptions) => languageOf(options).tag;
