import { membersOf } from "../../runtime/attempt.ts";
import type { PromptSource } from "../prompt-view.ts";
import { memberStates, type NoticeProfile, type NoticeWindow, noticeProfiles } from "./notice-profiles.ts";

/** What is known of the customer's contract. */
export interface NoticeOptions {
  /** ISO 3166: `FR`, `US-CA`. A country of the European Union has the duties of the whole of it too. */
  country: string;
  /** The day on which the running term was bought, as `2026-11-21`. Without it no duty that counts from it is found. */
  termBeganOn?: string | undefined;
  /** Duties that are expected and not in force. Default `false`. */
  expected?: boolean | undefined;
  /** In place of the SDK's own list. */
  profiles?: readonly NoticeProfile[] | undefined;
}

/** A duty that holds today. */
export interface DueNotice extends Omit<NoticeProfile, "window"> {
  /** Its first day where the customer is, as `2027-10-22`; `null` without one. */
  from: string | null;
  /** Its last day where the customer is, as `2027-11-21`; `null` without one. */
  until: string | null;
}

/**
 * What has to be said or offered today beyond the prompt, by the law of the customer's country. Whether it was said is
 * the vendor's to remember, by `id` and `from`. No legal advice: see `noticeProfiles`.
 *
 * @example
 * ```ts
 * for (const { id, by, mustSay } of dueNotices(client, { country: "US-CA" })) console.log(id, by, mustSay);
 * ```
 */
export function dueNotices(client: PromptSource, options: NoticeOptions): DueNotice[] {
  const { country, termBeganOn, expected = false, profiles = noticeProfiles } = membersOf(options);
  if (typeof country !== "string" || !Array.isArray(profiles)) return [];
  const facts = factsOf(client, typeof termBeganOn === "string" ? dayOf(termBeganOn) : Number.NaN);
  const inEurope = memberStates.includes(country.slice(0, 2));
  return profiles.flatMap(({ window, ...profile }) => {
    const applies = profile.country === country || (profile.country === "EU" && inEurope);
    if (!applies || (profile.inForceSince === null && !expected)) return [];
    if (profile.inForceSince !== null && dayOf(profile.inForceSince) > facts.today) return [];
    const days = daysOf(window, facts);
    return days === undefined ? [] : [{ ...profile, ...days }];
  });
}

/** Days are counted since 1 January 1970. */
interface NoticeFacts {
  today: number;
  lastDay: number | undefined;
  beganOn: number | undefined;
  willRenew: boolean;
}

/** `beganOn`: NaN for a day that is not known, or that does not exist. */
function factsOf(client: PromptSource, beganOn: number): NoticeFacts {
  const { now, lastDay: last } = client.timeline();
  const { daysRemaining, willRenew } = client.status();
  const lastDay = last === null ? undefined : dayOf(last);
  // Where the customer is it may be another day than in UTC; the licence knows which.
  const today = lastDay !== undefined && daysRemaining ? lastDay - daysRemaining : Math.floor(now / dayMs);
  return { today, lastDay, beganOn: Number.isNaN(beganOn) ? undefined : beganOn, willRenew };
}

function daysOf(window: NoticeWindow, facts: NoticeFacts): Pick<DueNotice, "from" | "until"> | undefined {
  const { today, lastDay, beganOn, willRenew } = facts;
  if (window.when === "after_start") {
    return beganOn === undefined ? undefined : during(today, beganOn, beganOn + window.days);
  }
  if (!willRenew) return undefined;
  if (window.when === "while_renewing") return { from: null, until: null };
  if (window.when === "each_year") {
    if (beganOn === undefined || today <= beganOn) return undefined;
    const next = anniversaryFrom(beganOn, today);
    return during(today, next - window.withinDays, next);
  }
  if (lastDay === undefined) return undefined;
  const isShort = beganOn !== undefined && lastDay - beganOn < window.minTermDays - 1;
  return isShort ? undefined : during(today, lastDay - window.fromDays, lastDay - window.untilDays);
}

const during = (today: number, from: number, until: number) =>
  today >= from && today <= until ? { from: textOf(from), until: textOf(until) } : undefined;

/** The first anniversary that is not before a day; of 29 February it is 1 March where there is none. */
function anniversaryFrom(beganOn: number, today: number): number {
  const date = new Date(beganOn * dayMs);
  while (date.getTime() / dayMs < today) date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.getTime() / dayMs;
}

const dayMs = 86_400_000;
const dayOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / dayMs;
const textOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);
