import { Histogram, Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import { requestTimes } from "./request-times.ts";

describe("the histogram of requests", () => {
  test("prints what prom-client's own would", async () => {
    const ours = new Registry();
    const theirs = new Registry();
    const count = requestTimes(ours);
    const histogram = new Histogram({
      name: "tallystick_http_request_duration_seconds",
      help: "Requests by route and status, and how long their answers took",
      labelNames: ["route", "status"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [theirs],
    });
    for (const seconds of [0, 0.001, 0.0011, 0.03, 9, 11]) {
      count("/r/{product}", 302, seconds);
      histogram.observe({ route: "/r/{product}", status: "302" }, seconds);
    }
    const linesOf = async (registry: Registry) =>
      (await registry.metrics()).split("\n").map((line) =>
        line
          .split(/[{,} ]/)
          .sort()
          .join(" "),
      );
    expect(await linesOf(ours)).toEqual(await linesOf(theirs));
  });
});
