import { expect, it } from "vitest";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { fillConsole, openConsole } from "./console-world.ts";

const paths = [
  "/console",
  "/console/orders",
  "/console/held",
  "/console/partners",
  "/console/tree",
  "/console/plans",
  "/console/outbox",
  "/console/audit",
  "/console/keys",
];

/** An order of last year that nobody earned, and that a copy claims now: it waits for a person. */
async function openWithHeld(bench: Parameters<typeof openConsole>[0]) {
  const world = await openConsole(bench);
  const { token } = await world.partnerWithToken("north");
  await world.sell({ order: "A-1", licence: "L-1", email: "ann@customers.example" });
  await world.sell({ order: "A-2", licence: "L-2" });
  world.pass(100);
  for (const licence of ["L-1", "L-2"]) await world.register(licence, token);
  return world;
}

const textOf = async (response: Promise<Response>) => {
  const answer = await response;
  return { status: answer.status, text: await answer.text(), location: answer.headers.get("location") };
};

onEveryEngine("the console", (bench) => {
  it("shows every page to each of the vendor's people, on an empty receiver and a full one", async () => {
    const world = await openConsole(bench);
    const auditor = await world.as("auditor");
    for (const path of paths) expect((await auditor.get(path)).status, path).toBe(200);
    await fillConsole(world, { days: 10 });
    const more = [
      "/console/orders/own/B-2000",
      "/console/orders/own/A-1005",
      "/console/partners/partner-1",
      "/console/plans/resellers",
      "/console/orders?outcome=unattributed&reason=no_evidence",
      "/console/orders?partner=partner-1&since=2026-01-01&until=2027-12-31",
      "/console/search?q=nordic",
    ];
    for (const path of [...paths, ...more]) {
      const { status, text } = await textOf(auditor.get(path));
      expect([200, 303], path).toContain(status);
      expect(text, path).not.toMatch(/undefined|NaN|\[object|Invalid Date/);
    }
  });

  it("lets rule only those whose role says so, and nobody who is not signed in", async () => {
    const world = await openWithHeld(bench);
    const support = await world.as("support");
    expect((await support.get("/console/orders/own/A-1/resolve")).status).toBe(403);
    expect(
      (await support.post("/console/orders/own/A-1/resolve", { to: "nobody", note: "x", step: "do" })).status,
    ).toBe(403);
    const stranger = await world.app.request("/console", {
      headers: { accept: "text/html" },
      redirect: "manual",
    });
    expect([stranger.status, stranger.headers.get("location")]).toEqual([303, "/sign-in?to=%2Fconsole"]);
    expect(await world.explain("A-1", "own")).toMatchObject({ outcome: "held" });
  });

  it("rules on an order as the command does: rehearsed first, then done, in the person's name", async () => {
    const world = await openWithHeld(bench);
    const finance = await world.as("finance");
    const ruling = { to: "partner", partner: "north", note: "North sold it at the fair" };
    const rehearsed = await textOf(
      finance.post("/console/orders/own/A-1/resolve", { ...ruling, step: "rehearse" }),
    );
    expect(rehearsed.text).toContain("Nothing has been changed yet");
    expect(await world.explain("A-1", "own")).toMatchObject({ outcome: "held" });
    const done = await textOf(finance.post("/console/orders/own/A-1/resolve", { ...ruling, step: "do" }));
    expect(done).toMatchObject({ status: 303, location: "/console/orders/own/A-1?done=resolved" });
    expect(await world.explain("A-1", "own")).toMatchObject({
      outcome: "credited",
      partner: "north",
      reason: "ruling",
    });
    const { entries } = await listAudit(world.deps);
    expect(entries[0]).toMatchObject({
      actor: finance.actor,
      action: "POST /console/orders/:shop/:id/resolve",
      subject: "own A-1",
    });
    expect(entries.filter(({ actor }) => actor === finance.actor)).toHaveLength(1);
    const page = await textOf(finance.get("/console/orders/own/A-1?done=resolved"));
    expect(page.text).toContain("The ruling stands");
    expect(page.text).toContain("North sold it at the fair");
  });

  it("says why something is refused on top of the form, and keeps what was entered", async () => {
    const world = await openWithHeld(bench);
    const owner = await world.as("owner");
    const wrong = { to: "partner", partner: "nobody-knows", note: "why not", step: "rehearse" };
    const { status, text } = await textOf(owner.post("/console/orders/own/A-1/resolve", wrong));
    expect(status).toBe(422);
    expect(text).toContain("There is no partner nobody-knows.");
    expect(text).toContain(`value="why not"`);
    expect((await owner.get("/console/orders/own/none")).status).toBe(404);
    expect((await owner.get("/console/orders?after=%3B")).status).toBe(400);
    expect((await owner.get("/console/plans/none")).status).toBe(404);
  });

  it("rules on all orders that wait for one reason, rehearsed first", async () => {
    const world = await openWithHeld(bench);
    const channel = await world.as("channel");
    const ruling = { reason: "claim_late", to: "as-decided", note: "we shipped the SDK in May" };
    const rehearsed = await textOf(channel.post("/console/held/rule", { ...ruling, step: "rehearse" }));
    expect(rehearsed.text).toContain("Rule so on 2 orders?");
    expect(await world.explain("A-2", "own")).toMatchObject({ outcome: "held" });
    await channel.post("/console/held/rule", { ...ruling, step: "do" });
    for (const order of ["A-1", "A-2"])
      expect(await world.explain(order, "own")).toMatchObject({ outcome: "credited", partner: "north" });
    expect((await textOf(channel.get("/console/held"))).text).toContain("Nothing waits");
  });

  it("says in words that a shop told no lines of an order", async () => {
    const world = await openConsole(bench);
    await world.sell({ order: "A-1", byTotals: true });
    await world.sell({ order: "A-2" });
    const owner = await world.as("owner");
    expect((await textOf(owner.get("/console/orders/own/A-1"))).text).toContain("Whole order, no lines told");
    expect((await textOf(owner.get("/console/orders/own/A-2"))).text).not.toContain("Whole order");
  });

  it("corrects an order's money, asked once more before", async () => {
    const world = await openConsole(bench);
    await world.partnerWithToken("north");
    await world.sell({ order: "A-1" });
    const finance = await world.as("finance");
    const correction = { what: "refunded", amount: "59.50", note: "by bank transfer" };
    const asked = await textOf(
      finance.post("/console/orders/own/A-1/correct", { ...correction, step: "confirm" }),
    );
    expect(asked.text).toContain("59.50 EUR");
    expect(await world.explain("A-1", "own")).toMatchObject({ lostNetMinor: 0 });
    await finance.post("/console/orders/own/A-1/correct", { ...correction, step: "do" });
    expect(await world.explain("A-1", "own")).toMatchObject({ lostNetMinor: 5_000 });
    const refused = await textOf(
      finance.post("/console/orders/own/A-1/correct", { ...correction, amount: "1e9", step: "do" }),
    );
    expect(refused.status).toBe(422);
    await world.expectSoundLedger();
  });

  it("adds a version of a plan after showing what changes, and assigns it", async () => {
    const world = await openConsole(bench);
    await addPartner(world.deps, { id: "north", name: "North" });
    const channel = await world.as("channel");
    const document = (rateBp: number) =>
      JSON.stringify({
        plan: "p",
        name: "P",
        promise: "each_sale",
        rules: [{ rule: "all", pay: { rateBp } }],
      });
    await channel.post("/console/plans/edit", { document: document(2000), step: "do" });
    const compared = await textOf(
      channel.post("/console/plans/edit", { document: document(3000), step: "check" }),
    );
    expect(compared.text).toMatch(/- +&quot;rateBp&quot;: 2000/);
    expect(compared.text).toMatch(/\+ +&quot;rateBp&quot;: 3000/);
    expect((await textOf(channel.get("/console/plans/p"))).text).toContain("Version 1");
    const broken = await textOf(channel.post("/console/plans/edit", { document: "{", step: "do" }));
    expect([broken.status, broken.text.includes("is not JSON")]).toEqual([422, true]);
    const assigned = await textOf(
      channel.post("/console/plans/assign", { plan: "p", target: "partner", partner: "north" }),
    );
    expect(assigned.location).toBe("/console/plans?done=assigned");
    await world.sell({ order: "A-1" });
    expect((await textOf(channel.get("/console/partners/north"))).text).toContain(`href="/console/plans/p"`);
  });

  it("finds an order by number, licence and whole address, a partner by a part of its name", async () => {
    const world = await openWithHeld(bench);
    const owner = await world.as("owner");
    const search = async (text: string) => textOf(owner.get(`/console/search?q=${encodeURIComponent(text)}`));
    for (const text of ["A-1", "l 1", "ann@customers.example", "ANN@customers.example"])
      expect((await search(text)).location, text).toBe("/console/orders/own/A-1");
    expect((await search("nor")).location).toBe("/console/partners/north");
    expect((await search("nothing at all")).text).toContain("Nothing found");
    expect((await search("")).status).toBe(200);
  });

  it("exports a list as it is seen", async () => {
    const world = await openWithHeld(bench);
    const owner = await world.as("owner");
    const response = await owner.get("/console/orders?outcome=held&format=csv");
    expect(response.headers.get("content-disposition")).toBe(`attachment; filename="orders.csv"`);
    const lines = (await response.text()).trim().split("\r\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^A-\d,held: claim_late,,acme-paint,2026-11-21T09:00:00\.000Z,100\.00 EUR$/);
  });

  it("turns its pages by cursor, and shows each order once", async () => {
    const world = await openConsole(bench);
    for (let at = 0; at < 60; at++) await world.sell({ order: `A-${at}` });
    const owner = await world.as("owner");
    const orders = (text: string) =>
      [...text.matchAll(/href="\/console\/orders\/own\/(A-\d+)"/g)].map(([, id]) => id);
    const first = (await textOf(owner.get("/console/orders?outcome=unattributed"))).text;
    const next =
      /href="(\/console\/orders\?[^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(next).toContain("outcome=unattributed");
    const second = (await textOf(owner.get(next))).text;
    expect([...orders(first), ...orders(second)]).toHaveLength(60);
    expect(new Set([...orders(first), ...orders(second)]).size).toBe(60);
  });

  it("escapes what a shop calls its orders, and finds them again", async () => {
    const world = await openConsole(bench);
    const order = `<b>"'&/?#%`;
    await world.sell({ order });
    const owner = await world.as("owner");
    const { text } = await textOf(owner.get("/console/orders"));
    expect(text).not.toContain('<b>"');
    const path = /href="(\/console\/orders\/own\/[^"]+)"/.exec(text)?.[1]?.replaceAll("&#39;", "'") ?? "";
    const page = await textOf(owner.get(path));
    expect([page.status, page.text.includes("&lt;b&gt;&quot;")]).toEqual([200, true]);
  });

  it("speaks German and Arabic to those who ask", async () => {
    const world = await openWithHeld(bench);
    const owner = await world.as("owner");
    const german = await textOf(
      owner.get("/console/orders/own/A-1", { "accept-language": "de-DE,de;q=0.9,en;q=0.5" }),
    );
    expect(german.text).toContain(`<html lang="de-DE" dir="ltr">`);
    expect(german.text).toContain("Wartet auf einen Entscheid");
    const arabic = await textOf(owner.get("/console", { "accept-language": "ar" }));
    expect(arabic.text).toContain(`<html lang="ar" dir="rtl">`);
  });
});
