import type { Metric, Registry } from "prom-client";

/** Upper bounds of the histogram's buckets, in seconds. */
const boundsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

const metricName = "tallystick_http_request_duration_seconds";

/** Counts an answered request under its route's pattern and its status. */
export type RequestTimes = (route: string, status: number, seconds: number) => void;

interface Series {
  labels: { route: string; status: string };
  /** Not cumulative; one more than the bounds, for what is slower than all. */
  buckets: number[];
  sumSeconds: number;
  count: number;
}

/**
 * Registers a histogram of answered requests. It is prom-client's in what it prints, not in how it counts:
 * theirs hashes and checks the labels of each observation, this one finds its series by two look-ups.
 */
export function requestTimes(
  registry: Registry,
  known: readonly (readonly [route: string, status: number])[] = [],
): RequestTimes {
  const routes = new Map<string, Map<number, Series>>();
  const description = {
    name: metricName,
    help: "Requests by route and status, and how long their answers took",
    type: "histogram",
    aggregator: "sum",
  };
  const metric = {
    ...description,
    get: async () => ({
      ...description,
      values: [...routes.values()].flatMap((statuses) => [...statuses.values()].flatMap(samplesOf)),
    }),
    reset: () => routes.clear(),
  };
  registry.registerMetric(metric as unknown as Metric);
  for (const [route, status] of known) newSeries(routes, route, status);
  return (route, status, seconds) => {
    const series = routes.get(route)?.get(status) ?? newSeries(routes, route, status);
    let at = 0;
    while (at < boundsSeconds.length && seconds > (boundsSeconds[at] ?? 0)) at++;
    series.buckets[at] = (series.buckets[at] ?? 0) + 1;
    series.sumSeconds += seconds;
    series.count++;
  };
}

function newSeries(routes: Map<string, Map<number, Series>>, route: string, status: number): Series {
  const series: Series = {
    labels: { route, status: String(status) },
    buckets: new Array<number>(boundsSeconds.length + 1).fill(0),
    sumSeconds: 0,
    count: 0,
  };
  const statuses = routes.get(route) ?? new Map<number, Series>();
  routes.set(route, statuses.set(status, series));
  return series;
}

/** Prometheus' text format wants cumulative buckets, then the sum and the count. */
function samplesOf({ labels, buckets, sumSeconds, count }: Series) {
  let cumulative = 0;
  const below = boundsSeconds.map((bound, at) => {
    cumulative += buckets[at] ?? 0;
    return {
      metricName: `${metricName}_bucket`,
      labels: { ...labels, le: String(bound) },
      value: cumulative,
    };
  });
  return [
    ...below,
    { metricName: `${metricName}_bucket`, labels: { ...labels, le: "+Inf" }, value: count },
    { metricName: `${metricName}_sum`, labels, value: sumSeconds },
    { metricName: `${metricName}_count`, labels, value: count },
  ];
}
