import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { issuePartnerKey } from "../../../server/src/access/partner-keys.ts";
import { addPartner } from "../../../server/src/channel/partners.ts";
import { createApp } from "../../../server/src/receiver/routes/app.ts";
import { importSerials } from "../../../server/src/serials/import-serials.ts";
import { type Guess, type Seen, send } from "../../limits/guesser.ts";
import type { Bench, Section } from "../bench.ts";
import { column, inTurns, median } from "../measure.ts";
import { openWorld } from "../receivers.ts";
import { type Figure, figure } from "../report.ts";
import { benchEnv, product, type World } from "../world.ts";

const section = "guessing";
const plenty = { burst: 1_000_000, perHour: 1_000_000 };
const limits = Object.fromEntries(
  ["serial", "voucher", "email"].map((scope) => [scope, { address: plenty, account: plenty }]),
);
const otherSerial = "DRAW-0000-0000-0001";
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const randomCode = (length: number) => [...randomBytes(length)].map((byte) => letters[byte % 32]).join("");

/** How long a guesser waits for an answer that must tell nothing, beside one that has nothing to tell: as long. */
export const guessing: Section = async (bench) => {
  const world = await openWorld(bench, { tokens: 1, limits, products: [product, "acme-draw"] });
  const guesses = await prepare(world);
  const app = createApp(world.deps, { adminToken: benchEnv.TALLYSTICK_ADMIN_TOKEN, shops: new Map() });
  await send(app, guesses.north("taken@example.com"));
  const compared = async (what: string, one: () => Guess, other: () => Guess) =>
    compare(bench, what, {
      one: async () => heard(await send(app, one())),
      other: async () => heard(await send(app, other())),
    });
  return [
    await compared(
      "an address that is taken",
      () => guesses.south("taken@example.com"),
      () => guesses.south(`free-${randomCode(12)}@example.com`),
    ),
    await compared(
      "a mistyped voucher",
      () => guesses.voucher("mistyped"),
      () => guesses.voucher(randomCode(17)),
    ),
    await compared(
      "another product's serial",
      () => guesses.serial(otherSerial),
      () => guesses.serial(randomCode(16)),
    ),
  ];
};

/** @throws when a guess was not looked at: then its time says nothing. */
function heard({ status, body }: Seen): void {
  if (status !== 200 && status !== 404) throw new Error(`a guess was answered ${status}: ${body}`);
}

/** Two partners with a key each, and a serial of another product. Returns how each guess is sent. */
async function prepare({ deps }: World) {
  const keyOf = async (id: string) => {
    await addPartner(deps, { id, name: id });
    return (await issuePartnerKey(deps, { partner: id })).key;
  };
  const [north, south] = [await keyOf("north"), await keyOf("south")];
  const source = Readable.from([Buffer.from(`${otherSerial}\n`)]);
  await importSerials(deps, { batch: "draw", product: "acme-draw", source });
  const guess = (path: string, body: object, key = south): Guess => ({
    path,
    body: JSON.stringify(body),
    address: "192.0.2.1",
    headers: { authorization: `Bearer ${key}` },
  });
  const emailWith = (key: string) => (email: string) =>
    guess("/v1/partner/registered-emails", { emails: [email] }, key);
  return {
    north: emailWith(north),
    south: emailWith(south),
    voucher: (code: string) => guess("/v1/vouchers/redeem", { product, code }),
    serial: (serial: string) => guess("/v1/registrations", { product, serial }),
  };
}

/** Asks two questions in turn, now this first, now that: what follows a write waits for it. */
async function compare(
  bench: Bench,
  what: string,
  ask: Record<"one" | "other", () => Promise<unknown>>,
): Promise<Figure> {
  const asked = bench.options.quick ? 100 : 300;
  const subject = {
    name: what,
    round: async () => {
      const times = { one: [] as number[], other: [] as number[] };
      for (let turn = 0; turn < asked; turn++)
        for (const which of turn % 2 === 0 ? (["one", "other"] as const) : (["other", "one"] as const)) {
          const begun = performance.now();
          await ask[which]();
          times[which].push(performance.now() - begun);
        }
      return { one: median(times.one), other: median(times.other) };
    },
  };
  await subject.round();
  const [rounds = []] = await inTurns([subject], bench.options.rounds, bench.say);
  return figure({
    section,
    what,
    unit: "ms",
    rounds: column(rounds, "one"),
    control: { what: "nothing to tell", rounds: column(rounds, "other") },
    goal: { ratioAtMost: 1.5 },
  });
}
