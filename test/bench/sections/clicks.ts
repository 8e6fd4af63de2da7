import type { Section } from "../bench.ts";
import { column, inTurns } from "../measure.ts";
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
  const subjects = [
    await clickTarget(bench, { name: "clicks, one token", world, receiver, tokens: tokens.slice(0, 1) }),
    await clickTarget(bench, { name: "clicks, 1,000 tokens", world, receiver, tokens }),
    await target(bench, {
      name: "bare redirect",
      subjects: [bare],
      makeReady: (count) => bench.generator.ask("clicks", { product, tokens: tokens.slice(0, 1), count }),
    }),
  ];
  for (const subject of subjects) await subject.warmUp();
  const [one = [], many = [], redirects = []] = await inTurns(subjects, bench.options.rounds, bench.say);
  const section = "clicks";
  const bareRedirect = (name: "perSecond" | "p99" | "processorMicros") => ({
    what: "bare redirect",
    rounds: column(redirects, name),
  });
  const perSecond = { section, unit: "/s", control: bareRedirect("perSecond"), goal: { ratioAtLeast: 0.3 } };
  return [
    figure({ ...perSecond, what: "clicks, one token", rounds: column(one, "perSecond") }),
    figure({ ...perSecond, what: "clicks, 1,000 tokens", rounds: column(many, "perSecond") }),
    figure({
      section,
      what: "clicks, p99 at full load",
      unit: "ms",
      rounds: column(one, "p99"),
      control: bareRedirect("p99"),
    }),
    figure({
      section,
      what: "processor time of a click",
      unit: "µs",
      rounds: column(one, "processorMicros"),
      control: bareRedirect("processorMicros"),
    }),
  ];
};
