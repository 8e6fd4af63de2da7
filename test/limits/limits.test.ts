import { expect, it } from "vitest";
import type { Config } from "../../server/src/config/config.ts";
import { type Attempt, chargeAttempt, limitAttempt } from "../../server/src/limits/limit-attempt.ts";
import { pruneLimits } from "../../server/src/limits/prune-limits.ts";
import { createHashes } from "../../server/src/secrets/create-hashes.ts";
import type { OpenedStore } from "../../server/src/store/store.ts";
import { type Instant, instant } from "../../server/src/words/clock.ts";
import { Refusal } from "../../server/src/words/refusal.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

const noon = instant(Date.UTC(2027, 0, 1, 12));
const hour = 3_600_000;
// Ten wrong guesses at once and one every six minutes, of an address; five and one every twelve, of an account.
const serial = { address: { burst: 10, perHour: 10 }, account: { burst: 5, perHour: 5 } };

function worldOf(store: OpenedStore) {
  const world = {
    store,
    now: noon,
    clock: () => world.now,
    config: { limits: { serial, voucher: serial, email: serial } } as unknown as Config,
    hashes: createHashes("a pepper that is long enough for tests"),
  };
  return world;
}

type World = ReturnType<typeof worldOf>;

const wrongGuess = () => Promise.reject(new Refusal("not_found", "No such serial."));

/** How a guess ends: `wrong`, `right`, or the seconds to wait. */
async function guess(world: World, attempt: Partial<Attempt>, work: () => Promise<unknown> = wrongGuess) {
  try {
    await limitAttempt(world, { scope: "serial", ...attempt }, work);
    return "right";
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === "too_many_requests" ? error.retryAfterSeconds : "wrong";
  }
}

async function guesses(count: number, ask: (index: number) => Promise<unknown>) {
  const ends: unknown[] = [];
  for (let index = 0; index < count; index++) ends.push(await ask(index));
  return ends;
}

onEveryEngine("rate limits", (bench) => {
  it("never lose what was done because the rest of a charge cannot be given back", async () => {
    const world = worldOf(await bench.open());
    let writes = 0;
    const store: OpenedStore = {
      ...world.store,
      write: (work) => (++writes > 1 ? Promise.reject(new Error("gone")) : world.store.write(work)),
    };
    const attempt = { scope: "voucher", address: "192.0.2.1" } as const;
    expect(await limitAttempt({ ...world, store }, attempt, async () => "a serial")).toBe("a serial");
  });

  it("stop an address after its burst, and let it try again as time passes", async () => {
    const world = worldOf(await bench.open());
    expect(await guesses(12, () => guess(world, { address: "192.0.2.1" }))).toEqual([
      ...Array(10).fill("wrong"),
      360,
      360,
    ]);
    expect(await guess(world, { address: "192.0.2.2" })).toBe("wrong");
    world.now = (noon + 360_000) as Instant;
    expect(await guesses(2, () => guess(world, { address: "192.0.2.1" }))).toEqual(["wrong", 360]);
    world.now = (noon + 2 * hour) as Instant;
    expect(await guesses(11, () => guess(world, { address: "192.0.2.1" }))).toContain("wrong");
  });

  it("stop an account, whatever addresses it comes from, and scopes count by themselves", async () => {
    const world = worldOf(await bench.open());
    const from = (index: number) => ({ address: `192.0.2.${index}`, account: "north" });
    expect(await guesses(6, (index) => guess(world, from(index)))).toEqual([...Array(5).fill("wrong"), 720]);
    expect(await guess(world, { ...from(9), scope: "voucher" })).toBe("wrong");
    expect(await guess(world, { address: "192.0.2.9", account: "south" })).toBe("wrong");
  });

  it("charge an account nothing for what its address is refused", async () => {
    const world = worldOf(await bench.open());
    await guesses(10, (index) => guess(world, { address: "192.0.2.1", account: `victim ${index % 5}` }));
    expect(await guesses(9, () => guess(world, { address: "192.0.2.1", account: "victim 0" }))).toEqual(
      Array(9).fill(360),
    );
    expect(await guesses(3, () => guess(world, { address: "192.0.2.2", account: "victim 0" }))).toEqual(
      Array(3).fill("wrong"),
    );
  });

  it("cost a right guess a tenth of a wrong one, and a fault of ours nothing", async () => {
    const world = worldOf(await bench.open());
    const right = () => guess(world, { address: "192.0.2.1" }, async () => "bound");
    // Each needs a whole try to be free when it begins.
    expect(await guesses(91, right)).toEqual(Array(91).fill("right"));
    expect(await right()).toBe(36);
    const broken = () => guess(world, { address: "192.0.2.2" }, () => Promise.reject(new Error("disk full")));
    for (let index = 0; index < 50; index++) await expect(broken()).rejects.toThrow("disk full");
    expect(await guess(world, { address: "192.0.2.2" })).toBe("wrong");
  });

  it("grant no more than the burst to many attempts at once", async () => {
    const world = worldOf(await bench.open());
    const attempt = { scope: "serial", address: "192.0.2.1", account: "north" } as const;
    const charged = await Promise.all(Array.from({ length: 60 }, () => chargeAttempt(world, attempt)));
    expect(charged.filter(({ allowed }) => allowed)).toHaveLength(5);
  });

  it("grant a list that is larger than the limit once it is whole, and then wait for all of it", async () => {
    const world = worldOf(await bench.open());
    const list = { scope: "email", account: "north", tries: 20 } as const;
    expect(await chargeAttempt(world, list)).toMatchObject({ allowed: true });
    expect(await chargeAttempt(world, list)).toEqual({ allowed: false, retryAfterSeconds: 4 * 3600 });
    world.now = (noon + 4 * hour) as Instant;
    expect(await chargeAttempt(world, list)).toMatchObject({ allowed: true });
  });

  it("hold over several processes and after a restart, and write no address in clear", async () => {
    const database = await bench.database();
    const first = await bench.open({ database });
    await guesses(9, () => guess(worldOf(first), { address: "192.0.2.1" }));
    const second = await bench.open({ database });
    expect(await guesses(2, () => guess(worldOf(second), { address: "192.0.2.1" }))).toEqual(["wrong", 360]);
    await first.close();
    expect(await guess(worldOf(await bench.open({ database })), { address: "192.0.2.1" })).toBe(360);
    const rows = await second.cold.selectFrom("rate_limits").selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain("192.0.2.1");
  });

  it("leave no row behind once they are whole", async () => {
    const world = worldOf(await bench.open());
    // Some at a time: a receiver's patience for a free connection is its own, and no question here.
    const addresses = Array.from({ length: 2_500 }, (_, index) => `address ${index}`);
    while (addresses.length > 0)
      await Promise.all(addresses.splice(0, 50).map((address) => guess(world, { address })));
    await guesses(9, () => guess(world, { address: "address 0" }));
    expect(await pruneLimits(world)).toBe(0);
    world.now = (noon + hour / 2) as Instant;
    expect(await pruneLimits(world)).toBe(2_499);
    expect(await guess(world, { address: "address 0" })).toBe("wrong");
  });
});
