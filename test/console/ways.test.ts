import { describe, expect, it } from "vitest";
import { listPartnerKeys } from "../../server/src/access/partner-keys.ts";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { listCoupons } from "../../server/src/coupons/coupons.ts";
import { listNetworkLinks } from "../../server/src/networks/network-links.ts";
import { showPartnerWebhook } from "../../server/src/outbox/test-webhook.ts";
import { summariseEmails } from "../../server/src/registered-emails/summarise-emails.ts";
import { showSerialBatch } from "../../server/src/serials/batches.ts";
import { listTokensOf } from "../../server/src/tokens/tokens.ts";
import { listVoucherBatches } from "../../server/src/vouchers/batches.ts";
import { workEnded } from "../../server/src/work/work.ts";
import { benchOf, onEveryEngine } from "../postgres/on-every-engine.ts";
import { idOf, inTwoSteps, shownOnce, textOf, upload } from "./console-forms.ts";
import { openConsole } from "./console-world.ts";

async function openWithPartners(
  bench: Parameters<typeof openConsole>[0],
  more: Record<string, unknown> = {},
) {
  const world = await openConsole(bench, more);
  for (const id of ["north", "south"]) await addPartner(world.deps, { id, name: id, percent: 20 });
  return world;
}

describe("every form of the console", () => {
  it("is refused without its token, with another person's, and from another site, and changes nothing", async () => {
    const world = await openWithPartners(benchOf("sqlite"));
    const [owner, channel] = [await world.as("owner"), await world.as("channel")];
    const posts = world.app.declared.filter(
      ({ method, path }) => method === "post" && path.startsWith("/console/"),
    );
    expect(posts.length).toBeGreaterThan(60);
    const before = (await listAudit(world.deps)).entries.length;
    for (const { path } of posts) {
      const to = path.replace(/\{\w+\}/g, "north");
      const sent = { partner: "north", code: "X", step: "do" };
      const tries = [
        owner.post(to, { ...sent, "form-token": "" }),
        owner.post(to, { ...sent, "form-token": channel.formToken }),
        owner.post(to, sent, { "sec-fetch-site": "cross-site", origin: "https://elsewhere.example" }),
      ];
      for (const answer of await Promise.all(tries)) expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await listAudit(world.deps)).entries.length).toBe(before);
  });
});

onEveryEngine("what partners are given in the console", (bench) => {
  it("issues a partner's key that is shown once and opens the partner's routes, and revokes it", async () => {
    const world = await openWithPartners(bench);
    const channel = await world.as("channel");
    const page = await textOf(
      channel.post("/console/partners/north/keys/issue", { name: "feed reader", scope_sales: "1" }),
    );
    const key = shownOnce(page);
    expect(key).toMatch(/^tsp_/);
    const ask = async (path: string) =>
      (await world.app.request(path, { headers: { authorization: `Bearer ${key}` } })).status;
    expect([await ask("/v1/partner/balances"), await ask("/v1/partner/deals")]).toEqual([200, 403]);
    const partnerPage = await textOf(channel.get("/console/partners/north"));
    expect(partnerPage).not.toContain(key);
    const [{ id } = { id: "" }] = await listPartnerKeys(world.deps, "north");
    // A key is ended from its own partner's page alone.
    const elsewhere = await channel.post("/console/partners/south/keys/revoke", { key: id, step: "do" });
    expect([elsewhere.status, await ask("/v1/partner/balances")]).toEqual([404, 200]);
    expect(await inTwoSteps(channel, "/console/partners/north/keys/revoke", { key: id })).toBe(
      "/console/partners/north?done=kept",
    );
    expect(await ask("/v1/partner/balances")).toBe(401);
    const { entries } = await listAudit(world.deps);
    expect(entries.filter(({ actor }) => actor === channel.actor).length).toBeGreaterThan(1);
  });

  it("sets, rotates and removes a partner's webhook, its secret shown once", async () => {
    const world = await openWithPartners(bench);
    const owner = await world.as("owner");
    const url = "https://north.example/hooks";
    const secret = shownOnce(await textOf(owner.post("/console/partners/north/webhook/set", { url })));
    expect(secret).toMatch(/^whsec_/);
    const rotated = shownOnce(
      await textOf(owner.post("/console/partners/north/webhook/rotate", { hours: "5" })),
    );
    expect(rotated).toMatch(/^whsec_/);
    expect(rotated).not.toBe(secret);
    const again = await owner.post("/console/partners/north/webhook/set", { url: `${url}/2` });
    expect(again.headers.get("location")).toBe("/console/partners/north/webhook?done=kept");
    expect(await textOf(owner.get("/console/partners/north/webhook"))).toContain(`${url}/2`);
    const wrong = await owner.post("/console/partners/north/webhook/set", { url: "ftp://north.example" });
    expect([wrong.status, (await wrong.text()).includes('value="ftp://north.example"')]).toEqual([422, true]);
    await inTwoSteps(owner, "/console/partners/north/webhook/remove");
    expect(await showPartnerWebhook(world.deps, "north")).toMatchObject({ status: "removed" });
  });

  it("gives a code to a partner and ends it", async () => {
    const world = await openWithPartners(bench);
    const channel = await world.as("channel");
    await channel.post("/console/coupons/add", { code: "north10", partner: "north", until: "2031-01-31" });
    const list = await textOf(channel.get("/console/coupons?partner=north"));
    expect(list).toContain("NORTH10");
    const refused = await channel.post("/console/coupons/add", { code: "NORTH10", partner: "south" });
    expect([refused.status, (await refused.text()).includes('value="south"')]).toEqual([422, true]);
    await inTwoSteps(channel, "/console/coupons/end", { code: "NORTH10" });
    expect((await listCoupons(world.deps)).coupons).toMatchObject([{ code: "NORTH10", status: "ended" }]);
  });

  it("issues a token that verifies, and revokes it", async () => {
    const world = await openWithPartners(bench);
    const channel = await world.as("channel");
    const page = await textOf(
      channel.post("/console/tokens/issue", { partner: "north", product: "acme-paint", batch: "fair-27" }),
    );
    const [token, jti] = [shownOnce(page), shownOnce(page, "jti")];
    const verified = await textOf(channel.post("/console/tokens/verify", { token }));
    expect(verified).toContain("fair-27");
    expect(await textOf(channel.get("/console/tokens?partner=north"))).toContain(jti);
    await inTwoSteps(channel, "/console/tokens/revoke", { token: jti });
    expect((await channel.post("/console/tokens/verify", { token })).status).toBe(422);
    const [record] = await listTokensOf(world.deps, { partner: "north", limit: 5 });
    expect(record?.revokedAt).not.toBeNull();
  });

  it("brings serials in as work that is followed, gives them on, and revokes the batch", async () => {
    const world = await openWithPartners(bench);
    const channel = await world.as("channel");
    const file = { name: "serials.txt", text: "AAAA-0001\nAAAA-0002\n" };
    const fields = { batch: "spring", product: "acme-paint", partner: "north" };
    const only = await upload(channel, "/console/serials/import", { ...fields, dryRun: "1" }, file);
    await workEnded(idOf(only));
    await expect(showSerialBatch(world.deps, "spring")).rejects.toMatchObject({
      code: "serial_batch_unknown",
    });
    const started = await upload(channel, "/console/serials/import", fields, file);
    await workEnded(idOf(started));
    const page = await textOf(channel.get(started.headers.get("location") ?? ""));
    expect(page).not.toContain("data-follow");
    expect(page).not.toContain("AAAA-0001");
    expect(await showSerialBatch(world.deps, "spring")).toMatchObject({ serials: 2, partner: "north" });
    await inTwoSteps(channel, "/console/serials/spring/assign", { partner: "south", note: "moved on" });
    const batch = await textOf(channel.get("/console/serials/spring"));
    expect([batch.includes("moved on"), batch.includes("/console/partners/south")]).toEqual([true, true]);
    expect(await textOf(channel.get("/console/movements?partner=south"))).toContain("spring");
    const found = await channel.get("/console/search?q=AAAA-0002");
    expect(found.headers.get("location")).toBe("/console/serials/spring");
    await inTwoSteps(channel, "/console/serials/spring/revoke");
    expect((await showSerialBatch(world.deps, "spring")).revokedAt).not.toBeNull();
  });

  it("hands vouchers out as a file, and revokes one and a whole batch", async () => {
    const world = await openWithPartners(bench);
    const channel = await world.as("channel");
    const order = { partner: "north", product: "acme-paint", count: "3", batch: "cards" };
    const codes = await channel.post("/console/vouchers/issue", { ...order, form: "codes" });
    expect(codes.headers.get("content-disposition")).toBe('attachment; filename="vouchers-cards.txt"');
    expect((await codes.text()).trim().split("\n")).toHaveLength(3);
    const sheet = await channel.post("/console/vouchers/issue", { ...order, batch: "sheet", form: "sheet" });
    expect(await sheet.text()).toMatch(/<svg[\s\S]+<\/html>/);
    await inTwoSteps(channel, "/console/vouchers/revoke", { batch: "cards", number: "2" });
    await inTwoSteps(channel, "/console/vouchers/revoke", { batch: "sheet" });
    const { batches } = await listVoucherBatches(world.deps, {});
    expect(batches.map(({ batch, left, revoked }) => [batch, left, revoked])).toEqual([
      ["cards", 2, 1],
      ["sheet", 0, 3],
    ]);
    expect((await channel.post("/console/vouchers/issue", { ...order, count: "0" })).status).toBe(422);
  });

  it("registers a list of addresses for a partner, and erases one of them", async () => {
    const world = await openWithPartners(bench);
    const owner = await world.as("owner");
    const file = { name: "customers.csv", text: "email\nann@home.example\nben@home.example\n" };
    const started = await upload(owner, "/console/addresses/import", { partner: "north" }, file);
    await workEnded(idOf(started));
    const counted = async () =>
      (await summariseEmails(world.deps, "north")).reduce((sum, { counting }) => sum + counting, 0);
    expect(await counted()).toBe(2);
    const page = await textOf(owner.get("/console/addresses?partner=north"));
    expect(page).not.toContain("ann@home.example");
    expect(await inTwoSteps(owner, "/console/addresses/erase", { email: "ann@home.example" })).toBe(
      "/console/addresses?done=erased",
    );
    expect(await counted()).toBe(1);
  });

  it("makes a partner a member of a network, shows what it would hear, and ends it", async () => {
    const world = await openWithPartners(bench, { networks: { own: network } });
    const channel = await world.as("channel");
    const member = { network: "own", partner: "north" };
    const wrong = await channel.post("/console/networks/link", {
      ...member,
      id: "77",
      settings: "no setting",
    });
    expect([wrong.status, (await wrong.text()).includes("no setting")]).toEqual([422, true]);
    await channel.post("/console/networks/link", { ...member, id: "77", settings: "site=9" });
    expect((await listNetworkLinks(world.deps)).links).toMatchObject([
      { ...member, settings: { id: "77", site: "9" }, status: "active" },
    ]);
    const list = await textOf(channel.get("/console/networks"));
    expect([list.includes("track.example"), list.includes("77")]).toEqual([true, true]);
    const preview = await textOf(channel.get("/console/networks/test?network=own&partner=north"));
    expect(preview).toContain("/sales");
    // It has no test mode, and a test conversion would count.
    expect(preview).not.toContain('name="step" value="do"');
    await inTwoSteps(channel, "/console/networks/unlink", member);
    expect((await listNetworkLinks(world.deps)).links).toMatchObject([{ status: "removed" }]);
  });
});

const network = {
  kind: "custom",
  base: "https://track.example",
  convert: {
    method: "POST",
    path: "/sales",
    body: { json: { o: "{order}", a: { $number: "{amount}" }, m: "{member.id}" } },
    answer: { done: [{ pointer: "/id", exists: true }], conversion: { pointer: ["/id"] } },
  },
  adjust: { byHand: "Change sale {conversion} to {amount} {currency}." },
  reverse: { method: "DELETE", path: "/sales/{conversion}" },
};
