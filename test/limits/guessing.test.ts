import { randomBytes, randomInt } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { importSerials } from "../../server/src/serials/import-serials.ts";
import { issueVouchers, openVoucherBatch } from "../../server/src/vouchers/issue.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { type EmailWorld, openEmailWorld, type PartnerClient } from "../registered-emails/email-world.ts";
import { flood, fromHousehold, listenTo, send } from "./guesser.ts";

// The clock stands still, so that exactly what the limits grant at once is looked at.
const households = 50;
const tries = 25_000;
const granted = households * 60;
const tooOften = "429 too_many_requests: That was tried too often. Please wait before you try again.";
const formType = "application/x-www-form-urlencoded";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const randomCode = (length: number) => [...randomBytes(length)].map((byte) => letters[byte % 32]).join("");
const voucher = (code: string) => ({
  path: "/v1/vouchers/redeem",
  body: JSON.stringify({ product: "acme-paint", code }),
});
const serial = (text: string, more: object = {}) => ({
  path: "/v1/registrations",
  body: JSON.stringify({ product: "acme-paint", serial: text, ...more }),
});

const plenty = { burst: 1_000_000, perHour: 1_000_000 };
const unlimited = Object.fromEntries(
  ["serial", "voucher", "email", "partnerApi"].map((scope) => [scope, { address: plenty, account: plenty }]),
);

/** A thousand serials of Acme Paint, and one of Acme Draw that nobody may learn of. */
async function importSome({ deps }: EmailWorld): Promise<void> {
  const file = (lines: string[]) => Readable.from([Buffer.from(`${lines.join("\n")}\n`)]);
  const paint = file(Array.from({ length: 1000 }, () => randomCode(16)));
  await importSerials(deps, { batch: "paint", product: "acme-paint", partner: "north", source: paint });
  await importSerials(deps, { batch: "draw", product: "acme-draw", source: file(["DRAW-0000-0000-0001"]) });
}

/** A partner's form: where it is sent to, and what is in it. */
async function formOf({ app }: EmailWorld, partner: PartnerClient) {
  const { url } = JSON.parse((await partner.send("POST", "form-links", {})).text) as { url: string };
  const path = url.slice("https://renew.acme.example".length);
  const page = await (await app.request(path)).text();
  const consent = /name="consent"[^>]* value="([\w-]+)"/.exec(page)?.[1] ?? "";
  return (email: string) => ({
    path,
    contentType: formType,
    body: new URLSearchParams({ email, consent }).toString(),
  });
}

const byStatus = (seen: Record<string, number>) =>
  Object.entries(seen).map(([name, count]) => [Number(name.slice(0, 3)), count]);

describe("guessing", () => {
  const bench = benchOf("sqlite");

  it(`${tries} vouchers from fifty households finds none, and all wrong ones look alike`, async () => {
    const world = await openEmailWorld(bench);
    await world.partner("north");
    const { batch } = await openVoucherBatch(world.deps, { partner: "north", product: "acme-paint" });
    for await (const _ of issueVouchers(world.deps, batch, 1000));
    const seen = await flood(world.app, tries, (index) => ({
      ...voucher(index % 2 === 0 ? randomCode(17) : `mistyped ${index}`),
      address: fromHousehold(index, households),
    }));
    expect(seen[tooOften]).toBe(tries - granted);
    expect(byStatus(seen)).toEqual(expect.arrayContaining([[404, granted]]));
    expect(Object.keys(seen)).toHaveLength(2);
  });

  it(`${tries} serials finds none, and tells another product's from no serial at all to nobody`, async () => {
    const world = await openEmailWorld(bench);
    await world.partner("north");
    await importSome(world);
    const wrong = [
      () => randomCode(16),
      () => String(randomInt(1e9)),
      () => "DRAW-0000-0000-0001",
      () => "?",
    ];
    const seen = await flood(world.app, tries, (index) => ({
      ...serial(wrong[index % wrong.length]?.() ?? ""),
      address: fromHousehold(index, households),
    }));
    expect(seen[tooOften]).toBe(tries - granted);
    expect(byStatus(seen)).toEqual(expect.arrayContaining([[404, granted]]));
    expect(Object.keys(seen)).toHaveLength(2);
    // For one licence, from ever new addresses: the account's limit.
    const ofOneLicence = await flood(world.app, 200, (index) => ({
      ...serial(randomCode(16), { licence: "L-1" }),
      address: `198.51.100.${index}`,
    }));
    expect(byStatus(ofOneLicence).sort()).toEqual([
      [404, 20],
      [429, 180],
    ]);
  });

  it(`${tries} addresses at a partner's form tells nothing of those that another has registered`, async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await north.register(Array.from({ length: 1000 }, (_, index) => `c${index * 25}@example.com`));
    const form = await formOf(world, south);
    const seen = await flood(world.app, tries, (index) => ({
      ...form(`c${index}@example.com`),
      address: fromHousehold(index, households),
    }));
    // The refusals repeat the address that was typed; the answers to those that passed are one and the same.
    expect(byStatus(seen).filter(([status]) => status === 200)).toEqual([[200, granted]]);
    expect(byStatus(seen).filter(([status]) => status !== 429)).toHaveLength(1);
    expect(await world.buy("c25@example.com")).toMatchObject({ partner: "north" });
    // Who registers thousands that never bought of it is not believed at once.
    expect(await world.buy("c26@example.com")).toMatchObject({
      outcome: "held",
      reason: "addresses_unproven",
    });
  });

  it(`${tries} addresses with a partner's key stops at the account's limit, from whatever network`, async () => {
    const limits = { email: { account: { burst: 2_000, perHour: 1_000 } }, partnerApi: unlimited.partnerApi };
    const world = await openEmailWorld(bench, { limits });
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await north.register(Array.from({ length: 1000 }, (_, index) => `c${index * 25}@example.com`));
    const seen = await flood(world.app, tries, (index) => ({
      path: "/v1/partner/registered-emails",
      body: JSON.stringify({ emails: [`c${index}@example.com`] }),
      address: fromHousehold(index, 60_000),
      headers: { authorization: `Bearer ${south.key}` },
    }));
    expect(byStatus(seen)).toEqual([
      [200, 2_000],
      [429, tries - 2_000],
    ]);
  });

  it("has as many commits made for an address that is taken, and the same asked for any wrong code", async () => {
    const world = await openEmailWorld(bench, { limits: unlimited });
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await importSome(world);
    await north.register(["taken@example.com"]);
    const asked = listenTo(world.deps.store);
    const traceOf = async (guess: { path: string; body: string }) => {
      asked.length = 0;
      const headers = { authorization: `Bearer ${south.key}` };
      const { status } = await send(world.app, { ...guess, address: "192.0.2.1", headers });
      return [status, ...asked];
    };
    const register = (email: string) =>
      traceOf({ path: "/v1/partner/registered-emails", body: JSON.stringify({ emails: [email] }) });
    await register("first@example.com");
    // An address that is taken is not written, in a commit that is made all the same; bench `guessing` takes the time.
    const transactions = (trace: unknown[]) => trace.filter((one) => one === "read" || one === "write");
    const [free, taken] = [await register("free@example.com"), await register("taken@example.com")];
    expect(transactions(taken)).toEqual(transactions(free));
    expect(free.filter((one) => !taken.includes(one))).toEqual([
      expect.stringMatching(/^insert into "registered_emails"/),
    ]);
    for (const [one, other] of [
      [await traceOf(voucher(randomCode(17))), await traceOf(voucher("mistyped 1"))],
      [await traceOf(serial(randomCode(16))), await traceOf(serial("DRAW-0000-0000-0001"))],
    ] as const) {
      expect(one).toContain("write");
      expect(other).toEqual(one);
    }
  });
});
