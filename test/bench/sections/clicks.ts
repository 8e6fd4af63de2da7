import type { Section } from "../bench.ts";
import { inTurns } from "../measure.ts";
import { clickTarget, openWorld, startReceiverOn, startSubject } from "../receivers.ts";
import { figure } from "../report.ts";
import { target } from "../target.ts";
import { product } from "../world.ts";

/** Clicks a second, recorded durably before the redirect, beside a bare redirect by the same HTTP server. */
export const clicks: Section = async (bench) => {
  const world = await openWorld(bench, { tokens: 1_000 });
  const tokens = world.tokens.map(({ token }) => token);
  const receiver = await startReceiverOn(bench, world);
  const bare = await startSubject(bench, "controls/bare-redirect.ts");
  const urls = [await bare.ask("url", undefined)];
  const subjects = [
    await clickTarget(bench, { name: "clicks, one token", world, receiver, tokens: tokens.slice(0, 1) }),
    await clickTarget(bench, { name: "clicks, 1,000 tokens", world, receiver, tokens }),
    target(bench, {
      name: "bare redirect",
      urls,
      makeReady: (count) => bench.generator.ask("clicks", { product, tokens: tokens.slice(0, 1), count }),
    }),
  ];
  for (const subject of subjects) await subject.warmUp();
  const [one = [], many = [], redirects = []] = await inTurns(subjects, bench.options.rounds, bench.say);
  const control = { what: "bare redirect", rounds: redirects.map(({ perSecond }) => perSecond) };
  const slowest = { what: "bare redirect", rounds: redirects.map(({ p99 }) => p99) };
  const section = "clicks";
  const goal = { ratioAtLeast: 0.3 };
  return [
    figure({
      section,
      what: "clicks, one token",
      unit: "/s",
      rounds: one.map((r) => r.perSecond),
      control,
      goal,
    }),
    figure({
      section,
      what: "clicks, 1,000 tokens",
      unit: "/s",
      rounds: many.map((r) => r.perSecond),
      control,
      goal,
    }),
    figure({
      section,
      what: "clicks, p99 at full load",
      unit: "ms",
      rounds: one.map((r) => r.p99),
      control: slowest,
    }),
  ];
};
