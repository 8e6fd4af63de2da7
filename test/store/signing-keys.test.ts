import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseConfig } from "../../server/src/config/parse-config.ts";
import {
  ensureSigningKey,
  type KeyDeps,
  listKeys,
  revokeKey,
  rotateKey,
} from "../../server/src/keys/signing-keys.ts";
import { systemClock } from "../../server/src/words/clock.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";

/** Two receivers on one database and one keys folder. */
async function openTwo(bench: Bench): Promise<[KeyDeps, KeyDeps]> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-keys-"));
  const checkout = { shop: "own", url: "https://acme.example/{reference}" };
  const config = parseConfig(
    {
      issuer: "https://renew.acme.example",
      adminToken: { env: "ADMIN" },
      products: [{ id: "paint", name: "Paint", checkout }],
      shops: { own: { kind: "stripe", secrets: [{ env: "OWN" }] } },
    },
    { file: join(folder, "tallystick.config.json"), env: {} },
  );
  const database = await bench.database();
  const one = { config, clock: systemClock, store: await bench.open({ database }) };
  return [one, { ...one, store: await bench.open({ database }) }];
}

/** Lets both do it four times; connections that are open already let the transactions meet. */
async function atOnce<T>(
  [one, other]: [KeyDeps, KeyDeps],
  work: (deps: KeyDeps) => Promise<T>,
): Promise<T[]> {
  const all = [one, other, one, other, one, other, one, other];
  await Promise.all(all.map(({ store }) => store.ping()));
  return Promise.all(all.map(work));
}

const statusesOf = async (deps: KeyDeps) => (await listKeys(deps)).map(({ status }) => status);

onEveryEngine("signing keys", (bench) => {
  it("begin with one, however many receivers start at once", async () => {
    const [one, other] = await openTwo(bench);
    const made = await atOnce([one, other], ensureSigningKey);
    const keys = await listKeys(one);
    expect(keys).toMatchObject([{ status: "active" }]);
    expect(made.filter((key) => key !== undefined)).toEqual(keys);
    expect(await readdir(one.config.keysFolder)).toEqual([`${keys[0]?.kid}.jwk`]);
  });

  it("have one that is active, however many rotations happen at once", async () => {
    const [one, other] = await openTwo(bench);
    await rotateKey(one);
    await atOnce([one, other], (deps) => rotateKey(deps));
    expect((await statusesOf(one)).sort()).toEqual(["active", ...Array(8).fill("retired")]);
    expect(await readdir(one.config.keysFolder)).toHaveLength(9);
  });

  it("keep one that signs when all are revoked at once", async () => {
    const [one, other] = await openTwo(bench);
    for (let count = 0; count < 3; count++) await rotateKey(one);
    const keys = await listKeys(one);
    const revoked = await Promise.allSettled(
      keys.map(({ kid }, index) => revokeKey(index % 2 === 0 ? one : other, kid)),
    );
    // Those of one millisecond stand in the order of their ids.
    expect((await statusesOf(other)).sort()).toEqual(["active", "revoked", "revoked"]);
    expect(revoked.filter(({ status }) => status === "rejected")).toMatchObject([
      { reason: { code: "key_last_active" } },
    ]);
  });
});
