const units: ReadonlyMap<string, string> = new Map([
  ["day", "D"],
  ["week", "W"],
  ["month", "M"],
  ["year", "Y"],
]);

/** A shop's interval, such as `{ interval: "month", interval_count: 3 }`, as an ISO 8601 duration: `P3M`. */
export function termOf(
  told:
    | { interval?: string | null | undefined; interval_count?: number | null | undefined }
    | null
    | undefined,
): string | undefined {
  const unit = units.get(told?.interval?.toLowerCase() ?? "");
  const count = told?.interval_count ?? 1;
  return unit === undefined || !Number.isInteger(count) || count < 1 || count > 1000
    ? undefined
    : `P${count}${unit}`;
}
