const dayMs = 86_400_000;

/** A moment the demo can be set to. `at` is milliseconds since 1970, of the licence's end and the demo's time. */
export interface Moment {
  id: string;
  text: string;
  at(facts: { expiresAt: number; now: number }): number;
}

/** The moments of the time strip. All but the first and the last lie around the licence's end. */
export const moments: readonly Moment[] = [
  { id: "today", text: "Today", at: () => Date.now() },
  { id: "30-days-before", text: "30 days before the end", at: ({ expiresAt }) => daysAfter(expiresAt, -30) },
  { id: "3-days-before", text: "3 days before", at: ({ expiresAt }) => daysAfter(expiresAt, -3) },
  { id: "in-grace", text: "In grace", at: ({ expiresAt }) => daysAfter(expiresAt, 3) },
  { id: "expired", text: "Expired", at: ({ expiresAt }) => daysAfter(expiresAt, 20) },
  // On the night that clocks go forward a calendar day has 23 hours, and a snooze of a day would last.
  { id: "next-day", text: "A day later", at: ({ now }) => Math.max(now + dayMs, daysAfter(now, 1)) },
];

/** The same time of day so many calendar days later, since people and the SDK count those, not hours. */
function daysAfter(at: number, days: number): number {
  const date = new Date(at);
  date.setDate(date.getDate() + days);
  return date.getTime();
}
