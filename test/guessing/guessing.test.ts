import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { issueVouchers, openVoucherBatch } from "../../server/src/vouchers/issue.ts";
import { openEmailWorld } from "../emails/email-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { flood, fromHousehold, send, timeBoth } from "./guesser.ts";

const households = 100;
const tooOften = "That was tried too often. Please wait before you try again.";
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const randomCode = () => [...randomBytes(17)].map((byte) => letters[byte % 32]).join("");
const formType = "application/x-www-form-urlencoded";

describe("guessing", () => {
  const bench = benchOf("sqlite");

  it("33,000 vouchers from a hundred households evaluates what the limits grant, and finds none", async () => {
    const world = await openEmailWorld(bench);
    await world.partner("north");
    const { batch } = await openVoucherBatch(world.deps, { partner: "north", product: "acme-paint" });
    for await (const _ of issueVouchers(world.deps, batch, 1000));
    const seen = await flood(world.app, 33_000, (index) => ({
      path: "/v1/vouchers/redeem",
      body: JSON.stringify({ product: "acme-paint", code: randomCode() }),
      address: fromHousehold(index, households),
    }));
    expect(seen).toEqual({
      [Object.keys(seen).find((name) => name.startsWith("404 voucher_unknown")) ?? ""]: households * 60,
      [`429 too_many_requests: ${tooOften}`]: 33_000 - households * 60,
    });
  });

  it("33,000 addresses at a partner's form tells nothing of those that are registered", async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await north.register(Array.from({ length: 1000 }, (_, index) => `c${index * 33}@example.com`));
    const { url } = JSON.parse((await south.send("POST", "form-links", {})).text) as { url: string };
    const path = url.slice("https://renew.acme.example".length);
    const page = await (await world.app.request(path)).text();
    const consent = /name="consent"[^>]* value="([\w-]+)"/.exec(page)?.[1] ?? "";
    const seen = await flood(world.app, 33_000, (index) => ({
      path,
      contentType: formType,
      body: new URLSearchParams({ email: `c${index}@example.com`, consent }).toString(),
      address: fromHousehold(index, households),
    }));
    const counts = Object.entries(seen).map(([name, count]) => [name.slice(0, 3), count]);
    expect(counts).toEqual([
      ["200", households * 60],
      ["429", 33_000 - households * 60],
    ]);
    expect(await world.buy("c33@example.com")).toMatchObject({ partner: "north" });
  });

  it("34,000 addresses with a partner's key stops at the account's limit", async () => {
    const limits = { email: { account: { burst: 2_000, perHour: 1_000 } } };
    const world = await openEmailWorld(bench, { limits });
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await north.register(Array.from({ length: 1000 }, (_, index) => `c${index * 17}@example.com`));
    const seen = await flood(world.app, 34_000, (index) => ({
      path: "/v1/partner/registered-emails",
      body: JSON.stringify({ emails: [`c${index}@example.com`] }),
      address: fromHousehold(index, 30_000),
      headers: { authorization: `Bearer ${south.key}` },
    }));
    const counts = Object.entries(seen).map(([name, count]) => [name.slice(0, 3), count]);
    expect(counts).toEqual([
      ["200", 2_000],
      ["429", 32_000],
    ]);
  });

  it("takes the same time whether an address is taken, or a code is mistyped", async () => {
    const plenty = { burst: 1_000_000, perHour: 1_000_000 };
    const both = { address: plenty, account: plenty };
    const world = await openEmailWorld(bench, { limits: { email: both, voucher: both } });
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await north.register(["taken@example.com"]);
    const register = (email: string) =>
      send(world.app, {
        path: "/v1/partner/registered-emails",
        body: JSON.stringify({ emails: [email] }),
        address: "192.0.2.1",
        headers: { authorization: `Bearer ${south.key}` },
      });
    const redeem = (code: string) =>
      send(world.app, {
        path: "/v1/vouchers/redeem",
        body: JSON.stringify({ product: "acme-paint", code }),
        address: "192.0.2.1",
      });
    const emails = await timeBoth(600, [
      (round) => register(`free${round}@example.com`),
      () => register("taken@example.com"),
    ]);
    const vouchers = await timeBoth(600, [
      () => redeem(randomCode()),
      (round) => redeem(`mistyped ${round}`),
    ]);
    console.info("medians in ms", { emails, vouchers });
    expect(emails.ratio).toBeLessThan(1.5);
    expect(vouchers.ratio).toBeLessThan(1.5);
  });
});
