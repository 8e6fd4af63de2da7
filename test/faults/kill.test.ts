import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findBrokenPromises, type KillPlan, killAgainAndAgain } from "./kill-story.ts";
import { seededRandom } from "./random.ts";
import { openVendor } from "./vendor.ts";

/** The control: acknowledges first, commits later. */
const hastyReceiver = [fileURLToPath(new URL("./hasty-receiver.ts", import.meta.url))];

async function live(engine: "sqlite" | "postgres", plan: KillPlan) {
  const vendor = await openVendor(engine);
  const random = seededRandom(`${plan.kills} kills on ${engine}`);
  const story = await killAgainAndAgain(vendor, random, plan);
  const broken = await findBrokenPromises(story);
  const { promised, unanswered, recordedUnanswered, repeated } = story.world;
  console.info(
    `${promised.length} purchases acknowledged, ${unanswered} requests unanswered in ${story.interruptions} of ` +
      `${plan.kills} kills (${recordedUnanswered} deliveries of them recorded), ${repeated} acknowledged events repeated, ${broken.length} promises broken`,
  );
  return { vendor, story, broken };
}

describe.each([
  { engine: "sqlite", kills: 50 },
  { engine: "postgres", kills: 10 },
] as const)("a receiver on $engine that is killed $kills times under load", ({ engine, kills }) => {
  it("loses nothing it acknowledged and credits nothing twice", async () => {
    const { vendor, story, broken } = await live(engine, { kills, connections: 32 });
    expect(broken).toEqual([]);
    expect(story.interruptions).toBeGreaterThanOrEqual(kills * 0.7);
    expect(story.world.promised.length).toBeGreaterThan(kills * 10);
    const verdict = await vendor.tallystick("ledger", "verify", "--json");
    expect(verdict).toMatchObject({ code: 0 });
    expect(JSON.parse(verdict.stdout)).toMatchObject({ ok: true, failures: [] });
  });

  it("is caught when it acknowledges before it commits", async () => {
    const { broken } = await live(engine, { kills: 5, connections: 32, program: hastyReceiver });
    const lost = /was acknowledged and is gone|lost its (click|registration)/;
    expect(broken).toContainEqual(expect.stringMatching(lost));
    expect(broken).toContainEqual(expect.stringMatching(/has \d+ and should have \d+/));
  });

  it("is not caught for acknowledging early when it is never killed", async () => {
    const { story, broken } = await live(engine, { kills: 0, connections: 32, program: hastyReceiver });
    expect(story.world.promised.length).toBeGreaterThan(10);
    expect(broken).toEqual([]);
  });
});
