import { type Instant, instant } from "../../../words/clock.ts";
import { Refusal } from "../../../words/refusal.ts";

/** The first moment of a day that was entered, in UTC; undefined where none was. @throws {Refusal} `request_invalid` */
export function startOfDay(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // The 31st of a shorter month would else be a day of the next one.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text))
    throw new Refusal("request_invalid", "A day is written 2027-01-31.");
  return instant(at);
}

/** The last moment of a day that was entered, in UTC, as the command line reads `--until`. @throws {Refusal} `request_invalid` */
export function endOfDay(text: string | undefined): Instant | undefined {
  const start = startOfDay(text);
  return start === undefined ? undefined : instant(start + 86_399_999);
}
