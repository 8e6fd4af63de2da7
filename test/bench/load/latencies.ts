/** Latencies of one load, in milliseconds. */
export interface Latencies {
  add(milliseconds: number): void;
  /** The value that a share of all lies below, such as 0.99. 0 when there is none. */
  quantile(share: number): number;
}

/** Keeps up to `capacity` latencies. */
export function keepLatencies(capacity: number): Latencies {
  const values = new Float64Array(capacity);
  let count = 0;
  let isSorted = false;
  return {
    add(milliseconds) {
      values[count++] = milliseconds;
      isSorted = false;
    },
    quantile(share) {
      const kept = values.subarray(0, count);
      if (!isSorted) kept.sort();
      isSorted = true;
      return kept[Math.min(count - 1, Math.floor(count * share))] ?? 0;
    },
  };
}
