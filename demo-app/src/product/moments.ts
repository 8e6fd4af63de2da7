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
  { id: "30-days-before", text: "30 days before the end", at: ({ expiresAt }) => expiresAt - 30 * dayMs },
  { id: "3-days-before", text: "3 days before", at: ({ expiresAt }) => expiresAt - 3 * dayMs },
  { id: "in-grace", text: "In grace", at: ({ expiresAt }) => expiresAt + 3 * dayMs },
  { id: "expired", text: "Expired", at: ({ expiresAt }) => expiresAt + 20 * dayMs },
  { id: "next-day", text: "A day later", at: ({ now }) => now + dayMs },
];
