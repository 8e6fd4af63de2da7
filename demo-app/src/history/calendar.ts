/** A month of the past, UTC. */
export interface Month {
  /** Such as `2026-11`. */
  name: string;
  /** Its first moment, and that of the next one. Milliseconds since 1970. */
  from: number;
  until: number;
}

/** The months before the current one, the oldest first, and the current one as far as it has come. */
export function pastMonths(now: number, count: number): readonly Month[] {
  const today = new Date(now);
  const first = (back: number) => Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1);
  return Array.from({ length: count + 1 }, (_, index) => {
    const from = first(count - index);
    const until = Math.min(first(count - index - 1), now);
    return { name: new Date(from).toISOString().slice(0, 7), from, until };
  });
}

/** The quarter that ended with a month, such as `2026-Q3`; undefined after any other month. */
export function quarterEndingWith({ name }: Month): string | undefined {
  const [year = "", month = ""] = name.split("-");
  return Number(month) % 3 === 0 ? `${year}-Q${Number(month) / 3}` : undefined;
}

/** What happens at a moment of the past. */
export interface Happening {
  /** Milliseconds since 1970. */
  at: number;
  happen(): Promise<void>;
}
