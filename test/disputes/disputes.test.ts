import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { readBalances } from "../../server/src/books/balances.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { addToDispute, answerDispute, remindDisputes } from "../../server/src/disputes/answer-dispute.ts";
import {
  listDisputes,
  openDispute,
  showDispute,
  showPartnerDispute,
} from "../../server/src/disputes/open-dispute.ts";
import { ruleDispute, ruleDisputes } from "../../server/src/disputes/rule-dispute.ts";
import { explainOrder } from "../../server/src/orders/explain/explain-order.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { listOutbox, showOutboxMessage } from "../../server/src/outbox/outbox.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { proposePayouts } from "../../server/src/payouts/propose.ts";
import { payoutBlocks } from "../../server/src/receiver/payout-blocks.ts";
import { as } from "../../server/src/words/ids.ts";
import { openChannel } from "../channel/channel-world.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

const south = as.partner("south");
const png = Buffer.from("89504e470d0a1a0a00", "hex").toString("base64");

onEveryEngine("a contested decision", (bench) => {
  it("is found by number or licence, and by day and product left to a person", async () => {
    const { deps, start, sell } = await openChannel(bench);
    await sell("o1");
    await sell("o2", start, { licence: "CCCC-DDDD" });
    const open = (claim: object) => openDispute(deps, "south", { text: "Ours.", ...claim });
    const orderOf = async (claim: object) => (await showDispute(deps, (await open(claim)).id)).order?.order;
    expect(await orderOf({ number: "o1" })).toBe("o1");
    expect(await orderOf({ serial: "CCCC-DDDD" })).toBe("o2");
    expect(await orderOf({ number: "o1", serial: "CCCC-DDDD" })).toBeUndefined();
    expect(await orderOf({ number: "none" })).toBeUndefined();
    const byDay = await showDispute(deps, (await open({ date: "2026-11-21", product: "acme-paint" })).id);
    expect(byDay.order).toBeNull();
    expect(byDay.candidates.map(({ order }) => order).sort()).toEqual(["o1", "o2"]);
    for (const claim of [{}, { date: "2026-11-21" }, { product: "acme-paint" }])
      await expect(open(claim)).rejects.toMatchObject({ code: "request_invalid" });
    const kept = JSON.stringify(await listDisputes(deps));
    expect(kept).toContain("…DDDD");
    expect(kept).not.toContain("CCCC");
  });

  it("is answered, replied to and ruled on; the order is decided anew for all tiers", async () => {
    const { deps, sell, credited } = await openChannel(bench);
    await setPartnerWebhook(deps, { partner: "south", url: "https://hooks.south.example/in" });
    await sell("o1");
    expect(await credited()).toEqual({ north: 2_767 });
    const { id } = await openDispute(deps, "south", { number: "o1", text: "We sold it." });
    expect(await showDispute(deps, id)).toMatchObject({
      order: { order: "o1", partner: "north" },
      sides: [
        { partner: "north", credited: true, disputes: [] },
        { partner: "south", credited: false, evidence: [], disputes: [id] },
      ],
    });
    await answerDispute(deps, id, { text: "Ask north.", internal: true });
    expect((await showPartnerDispute(deps, south, id)).state).toBe("open");
    await answerDispute(deps, id, { text: "Which invoice?" });
    expect(await showPartnerDispute(deps, south, id)).toMatchObject({ state: "answered", answerDueAt: null });
    const replied = await addToDispute(deps, south, id, {
      text: "This one.",
      file: { name: "../invoice 17.png", type: "image/png", base64: png },
    });
    expect(replied).toMatchObject({
      state: "open",
      thread: [
        { entry: 1, author: "you", text: "We sold it." },
        { entry: 2, author: "vendor", text: "Which invoice?" },
        { entry: 3, author: "you", file: { name: "invoice 17.png", bytes: 9 } },
      ],
    });
    await asDeed({ actor: "cli:ben", action: "dispute rule", subject: id }, () =>
      ruleDispute(deps, id, { to: { partner: "south" }, note: "Invoice 17, not north's." }),
    );
    expect(await credited()).toEqual({ north: 0, south: 2_767 });
    expect(await explainOrder(deps, "stripe", "o1")).toMatchObject({ partner: "south", reason: "ruling" });
    const seen = await showPartnerDispute(deps, south, id);
    expect(seen).toMatchObject({ state: "ruled", granted: true, answerDueAt: null });
    expect(seen.thread.at(-1)?.text).toBe("Your claim was granted.");
    expect(JSON.stringify(seen)).not.toContain("north");
    for (const again of [
      () => ruleDispute(deps, id, { to: "nobody", note: "x" }),
      () => addToDispute(deps, south, id, { text: "x" }),
      () => answerDispute(deps, id, { text: "x" }),
    ])
      await expect(again()).rejects.toMatchObject({ code: "dispute_ruled" });
    const { messages } = await listOutbox(deps);
    const notices = messages.filter(({ kind }) => kind === "notice").toSorted((a, b) => a.seq - b.seq);
    const told = await Promise.all(notices.map((one) => showOutboxMessage(deps, one.id)));
    expect(told.map(({ facts }) => facts.notice)).toEqual([
      { type: "dispute.answered", data: { dispute: id } },
      { type: "dispute.ruled", data: { dispute: id } },
    ]);
    expect((await verifyLedger(deps)).failures).toEqual([]);
  });

  it("of an order that nobody knows can be refused, and given once the order is named", async () => {
    const { deps, sell, credited } = await openChannel(bench);
    await sell("o1");
    const open = () =>
      openDispute(deps, "south", { date: "2026-11-21", product: "acme-paint", text: "Ours." });
    const [first, second] = [await open(), await open()];
    const to = { partner: "south" };
    await expect(ruleDispute(deps, first.id, { to, note: "x" })).rejects.toMatchObject({
      code: "request_invalid",
    });
    await expect(
      ruleDispute(deps, first.id, { to, note: "x", order: { shop: "stripe", order: "none" } }),
    ).rejects.toMatchObject({ code: "order_unknown" });
    await ruleDispute(deps, first.id, {
      to: "nobody",
      note: "No such order.",
      answer: "We find no sale of yours.",
    });
    expect(await showPartnerDispute(deps, south, first.id)).toMatchObject({
      granted: false,
      thread: [{}, { text: "We find no sale of yours." }],
    });
    expect(await credited()).toEqual({ north: 2_767 });
    await ruleDispute(deps, second.id, { to, note: "x", order: { shop: "stripe", order: "o1" } });
    expect(await credited()).toEqual({ north: 0, south: 2_767 });
  });

  it("has to be answered within working days, and the vendor is reminded once", async () => {
    const { deps, journey, sell } = await openChannel(bench);
    await sell("o1");
    // A Saturday; ten working days later is a Friday, two before it a Wednesday.
    const early = await openDispute(deps, "south", { number: "o1", text: "Ours." });
    expect(early.answerDueAt).toBe("2026-12-04T23:59:59.000Z");
    journey.pass(3);
    const late = await openDispute(deps, "north", { number: "o2", text: "Ours too." });
    await answerDispute(deps, (await openDispute(deps, "north", { number: "o3", text: "x" })).id, {
      text: "No.",
    });
    const queue = await listDisputes(deps, { due: true });
    expect(queue.disputes.map(({ id }) => id)).toEqual([early.id, late.id]);
    const page = await listDisputes(deps, { due: true, limit: 1 });
    expect(
      (await listDisputes(deps, { due: true, limit: 1, after: page.next ?? "" })).disputes,
    ).toMatchObject([{ id: late.id }]);
    expect(await remindDisputes(deps)).toBe(0);
    journey.pass(9);
    expect(await remindDisputes(deps)).toBe(1);
    expect(await remindDisputes(deps)).toBe(0);
    expect(journey.logged("dispute.due")).toMatchObject([{ partner: "south", subject: early.id }]);
    expect((await showDispute(deps, early.id)).thread.at(-1)).toMatchObject({ kind: "reminder" });
    expect((await showPartnerDispute(deps, south, early.id)).thread).toHaveLength(1);
    // Who writes again and again does not move the date.
    await addToDispute(deps, south, early.id, { text: "Well?" });
    expect((await showPartnerDispute(deps, south, early.id)).answerDueAt).toBe(early.answerDueAt);
  });

  it("of a class is ruled on at once, but where two partners contest one order", async () => {
    const { deps, start, sell, credited } = await openChannel(bench);
    for (const [at, order] of ["o1", "o2", "o3"].entries())
      await sell(order, start, { licence: `LIC-${at}AAA` });
    const ids: string[] = [];
    for (const number of ["o1", "o2", "o3", "none"])
      ids.push((await openDispute(deps, "south", { number, text: "Ours." })).id);
    const other = await openDispute(deps, "big", { number: "o3", text: "Big's." });
    const ruling = { to: "claimant" as const, partner: "south", note: "South's week." };
    const dry = await ruleDisputes(deps, { ...ruling, dryRun: true });
    expect(await credited()).toEqual({ north: 8_301 });
    const result = await ruleDisputes(deps, ruling);
    expect(dry.ruled.map(({ id }) => id)).toEqual(result.ruled.map(({ id }) => id));
    expect(result.ruled.map(({ id }) => id).sort()).toEqual([ids[0], ids[1]].sort());
    expect(result.left).toEqual(
      expect.arrayContaining([
        { id: ids[2], partner: "south", why: "contested_by_others" },
        { id: ids[3], partner: "south", why: "order_unknown" },
      ]),
    );
    expect(await credited()).toEqual({ north: 2_767, south: 5_534 });
    expect(
      (await showDispute(deps, other.id)).sides.map(({ partner, disputes }) => [partner, disputes]),
    ).toEqual([
      ["big", [other.id]],
      ["north", []],
      ["south", [ids[2]]],
    ]);
    expect((await ruleDisputes(deps, { ...ruling, reason: "no_such_reason" })).ruled).toEqual([]);
  });

  it.each([
    ["order", 2_767],
    ["nothing", 5_534],
  ])("holds %s back from payouts meanwhile: %i is proposed", async (hold, proposed) => {
    const { deps, journey, start, sell } = await openChannel(bench);
    await sell("o1", start);
    await sell("o2", start, { licence: "CCCC-DDDD" });
    journey.pass(31);
    await releaseDue(deps);
    await setDetails(deps, "north", detailsOf("North"));
    const { id } = await openDispute(deps, "south", { number: "o1", text: "Ours." });
    const config = { ...deps.config, disputes: { ...deps.config.disputes, hold: hold as "order" } };
    const propose = () => proposePayouts({ ...deps, config, blocks: payoutBlocks }, { dryRun: true });
    const { payouts, excluded } = await propose();
    expect(payouts.map(({ amountMinor }) => amountMinor)).toEqual([proposed]);
    expect(excluded.map(({ reason, heldBackMinor }) => [reason, heldBackMinor])).toEqual(
      hold === "order" ? [["contested", 2_767]] : [],
    );
    await ruleDispute(deps, id, { to: "as-decided", note: "North's own." });
    expect((await propose()).payouts.map(({ amountMinor }) => amountMinor)).toEqual([5_534]);
    expect(await readBalances(deps, { partner: "south" })).toEqual([]);
  });

  it("takes files of few types and sizes, keeps them sealed, and never has a browser show them", async () => {
    const { deps, journey, sell } = await openChannel(bench);
    await sell("o1");
    const keys = await Promise.all(
      ["south", "north"].map(async (partner) => (await issuePartnerKey(deps, { partner })).key),
    );
    const ask = async (key: string | undefined, method: string, path: string, body?: unknown) =>
      journey.app.request(`/v1/partner/disputes${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const [own, others] = keys;
    const opened = await ask(own, "POST", "", { number: "o1", text: "Ours." });
    expect(opened.status).toBe(201);
    const { id } = (await opened.json()) as { id: string };
    const send = (file: object) => ask(own, "POST", `/${id}/messages`, { text: "See.", file });
    const page = Buffer.from("<html><script>alert(1)</script>").toString("base64");
    const refused: [object, number][] = [
      [{ name: "a.html", type: "text/html", base64: page }, 400],
      [{ name: "a.png", type: "image/png", base64: page }, 422],
      [{ name: "a.txt", type: "text/plain", base64: Buffer.from([0xff, 0xfe]).toString("base64") }, 422],
      [{ name: "a.txt", type: "text/plain", base64: "not base64!" }, 422],
      [{ name: "a.txt", type: "text/plain", base64: Buffer.alloc(524_289, 97).toString("base64") }, 422],
    ];
    for (const [file, status] of refused) expect((await send(file)).status).toBe(status);
    const name = 'C:\\docs\\"evil".html\u202e';
    expect((await send({ name: name.slice(0, -1), type: "text/plain", base64: page })).status).toBe(201);
    const file = await ask(own, "GET", `/${id}/files/2`);
    expect(file.headers.get("content-type")).toBe("application/octet-stream");
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="_evil_.html"');
    expect(file.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await file.arrayBuffer()).toString("base64")).toBe(page);
    expect((await journey.app.request(`/v1/disputes/${id}/files/2`)).status).toBe(401);
    // Another partner learns nothing, in the same words as of what is not there.
    const words = async (path: string, method = "GET", body?: unknown) => {
      const response = await ask(others, method, path, body);
      return [response.status, await response.text()];
    };
    const nowhere = `/dp_${"0".repeat(29)}`;
    expect(await words(`/${id}`)).toEqual(await words(nowhere));
    expect(await words(`/${id}/files/2`)).toEqual(await words(`${nowhere}/files/2`));
    const message = { text: "x" };
    expect(await words(`/${id}/messages`, "POST", message)).toEqual(
      await words(`${nowhere}/messages`, "POST", message),
    );
    const admin = await journey.admin("POST", `/v1/disputes/${id}/ruling`, {
      to: "as-decided",
      note: "North's.",
    });
    expect(admin).toMatchObject({ status: 200, body: { state: "ruled", granted: false } });
    const rows = await deps.store.cold.selectFrom("dispute_entries").select("file").execute();
    expect(rows.map(({ file: sealed }) => Buffer.from(sealed ?? []).toString("latin1")).join()).not.toContain(
      "script",
    );
  });
});
