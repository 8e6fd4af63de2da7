import { describe, expect, it } from "vitest";
import { listPartners } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { importOpenNumbers } from "../../server/src/serials/import-open-numbers.ts";
import { showWork, startWork, stopWork, workEnded } from "../../server/src/work/work.ts";
import type { Browser } from "../access/access-world.ts";
import { benchOf, onEveryEngine } from "../postgres/on-every-engine.ts";
import { fillConsole, openConsole } from "./console-world.ts";

/** Pages that are no list: a summary, a drawing, a form, a page of links. */
const noLists =
  /^\/console(\/search|\/tree|\/installers|\/journal|\/settings|.*\/file)?$|\/(add|new|edit|assign|write|rule|issue|revoke|rotate|end|import|erase|export|propose|close|register|open|verify|verify-statements|release|move|remove|replay|replay-trusted|draft|start|codes|link|unlink|test)$/;

const listPaths = (world: Awaited<ReturnType<typeof openConsole>>): string[] =>
  world.app.declared
    .filter(({ method, path }) => method === "get" && path.startsWith("/console") && !path.includes("{"))
    .map(({ path }) => path)
    .filter((path) => !noLists.test(path));

const hrefs = (text: string) =>
  [...text.matchAll(/href="([^"]+)"/g)].map(([, address]) => (address ?? "").replaceAll("&amp;", "&"));

const csv = async (browser: Browser, path: string) => {
  const answer = await browser.get(path);
  expect([answer.status, answer.headers.get("content-type")], path).toEqual([200, "text/csv; charset=utf-8"]);
  return (await answer.text()).trimEnd().split("\r\n");
};

describe("every list of the console", () => {
  it("can be sorted by its columns, up and down, keeps its filters in the address, and is taken along as it is seen", async () => {
    const world = await openConsole(benchOf("sqlite"));
    await fillConsole(world, { partners: 8, days: 8 });
    await importOpenNumbers(world.deps, {
      batch: "boxes",
      open: { first: 1, last: 9 },
      partner: "partner-1",
    });
    const owner = await world.as("owner");
    const paths = listPaths(world);
    expect(paths.length).toBeGreaterThan(24);
    for (const path of paths) {
      const with_ = /tokens|addresses/.test(path) ? `${path}?partner=partner-1` : path;
      const page = await (await owner.get(with_)).text();
      expect(page, path).not.toMatch(/undefined|NaN|\[object|Invalid Date/);
      const rows = (page.match(/<th scope="row"/g) ?? []).length;
      const lines = await csv(owner, `${with_}${with_.includes("?") ? "&" : "?"}format=csv`);
      // What no list has yet has no columns to sort by either.
      if (rows === 0) continue;
      expect(lines.length, path).toBeGreaterThan(1);
      const sorts = hrefs(page).filter((one) => one.startsWith(`${path}?`) && one.includes("sort="));
      expect(sorts.length, path).toBeGreaterThan(1);
      for (const sort of sorts) {
        const sorted = await (await owner.get(sort)).text();
        expect(sorted, sort).toMatch(/aria-sort="(a|de)scending"/);
      }
    }
  });

  it("that is there as a whole is narrowed by any text that is seen", async () => {
    const world = await openConsole(benchOf("sqlite"));
    await fillConsole(world, { partners: 6, days: 4 });
    const auditor = await world.as("auditor");
    const all = await csv(auditor, "/console/earnings?format=csv");
    const some = await csv(auditor, "/console/earnings?text=PARTNER-2&format=csv");
    expect(some).toEqual([all[0], ...all.filter((line) => line.startsWith("partner-2,"))]);
    expect(all.length).toBeGreaterThan(some.length);
    const page = await (await auditor.get("/console/earnings?text=nobody-here")).text();
    expect(page).toContain("Nothing fits these filters");
  });

  it("names each partner with its id below, sorts by the name, finds by it, and keeps the id alone in a file", async () => {
    const world = await openConsole(benchOf("sqlite"));
    await fillConsole(world, { partners: 6, days: 8 });
    const owner = await world.as("owner");
    const released = [{ partner: "partner-1", amountMinor: 500 }];
    const work = await startWork(world.deps, { kind: "release", run: async () => ({ released }) });
    await workEnded(work);
    expect(await (await owner.get(`/console/work/${work}`)).text()).toContain(">North Shop</a>");
    let named = 0;
    for (const path of [
      ...listPaths(world),
      "/console",
      "/console/orders/own/B-2000",
      "/console/partners/partner-1",
    ]) {
      const page = await (
        await owner.get(/tokens|addresses/.test(path) ? `${path}?partner=partner-1` : path)
      ).text();
      expect(page, path).not.toMatch(/<!--\/?partner|href="\/console\/partners\/[\w-]+"><bdi/);
      const whole =
        /<a href="\/console\/partners\/partner-1">North Shop<\/a> <span class="sub"><bdi dir="ltr" class="id">partner-1</;
      if (whole.test(page)) named += 1;
    }
    expect(named).toBeGreaterThan(6);
    const sorted = await csv(owner, "/console/earnings?sort=partner&format=csv");
    const ids = [...new Set(sorted.slice(1).map((line) => line.split(",")[0] ?? ""))];
    const nameOf = new Map((await listPartners(world.deps)).map(({ id, name }) => [id as string, name]));
    const names = ids.map((id) => nameOf.get(id) ?? "");
    expect(names.length).toBeGreaterThan(3);
    expect(names).toEqual(names.toSorted());
    expect(ids).not.toEqual(ids.toSorted());
    const found = await csv(owner, "/console/earnings?text=north%20shop&format=csv");
    expect(found.slice(1).every((line) => line.startsWith("partner-1,"))).toBe(true);
    expect(found.length).toBeGreaterThan(1);
  });

  it("sorts figures as figures, and a file has the order that is seen", async () => {
    const world = await openConsole(benchOf("sqlite"));
    await fillConsole(world, { partners: 4, days: 6 });
    const auditor = await world.as("auditor");
    const lines = await csv(auditor, "/console/orders?sort=-net&format=csv");
    const nets = lines.slice(1).map((line) => Number(/([\d.]+) EUR$/.exec(line)?.[1]));
    expect(nets.length).toBeGreaterThan(10);
    expect(nets).toEqual(nets.toSorted((one, other) => other - one));
    expect(new Set(nets).size).toBeGreaterThan(2);
  });
});

onEveryEngine("searching in the console", (bench) => {
  it("leads to whatever a text names: a coupon, a batch, a token, an order", async () => {
    const world = await openConsole(bench);
    const { jti } = await world.partnerWithToken("north");
    await addCoupon(world.deps, { partner: "north", code: "FAIR-10" });
    await importOpenNumbers(world.deps, { batch: "boxes", open: { first: 70_001, last: 70_009 } });
    await world.sell({ order: "A-1", coupon: "FAIR-10" });
    const auditor = await world.as("auditor");
    const leadsTo = async (text: string) =>
      (await auditor.get(`/console/search?q=${encodeURIComponent(text)}`)).headers.get("location");
    expect(await leadsTo("fair-10")).toBe("/console/coupons?partner=north");
    expect(await leadsTo("boxes")).toBe("/console/serials/boxes");
    expect(await leadsTo("70005")).toBe("/console/serials/boxes");
    expect(await leadsTo(jti)).toBe("/console/tokens?partner=north");
    expect(await leadsTo("A-1")).toBe("/console/orders/own/A-1");
    // What names nothing is said, whatever it looks like.
    for (const text of [
      "po_nothing",
      "dp_nothing",
      "adj_nothing",
      "msg_nothing",
      "dl_x",
      "%",
      "\u0000",
      "1".repeat(400),
    ]) {
      const answer = await auditor.get(`/console/search?q=${encodeURIComponent(text)}`);
      expect([text, answer.status, (await answer.text()).includes("Nothing found")]).toEqual([
        text,
        200,
        true,
      ]);
    }
  });
});

onEveryEngine("work that takes long", (bench) => {
  it("goes on when nobody looks, says how far it is, and is found again with what came of it", async () => {
    const world = await openConsole(bench);
    const finance = await world.as("finance");
    const started = await finance.post("/console/work/verify", {});
    const path = started.headers.get("location") ?? "";
    await workEnded(path.split("/").at(-1) ?? "");
    const page = await (await finance.get(path)).text();
    expect(page).toContain("Adds up");
    expect(page).toContain(finance.actor);
    expect(await (await finance.get("/console/work")).text()).toContain(path);
  });

  it("shows its progress while it runs, and fetches itself again where a script may run", async () => {
    const world = await openConsole(bench);
    const finance = await world.as("finance");
    let finish: (value: unknown) => void = () => {};
    const waiting = new Promise((resolve) => {
      finish = resolve;
    });
    const id = await startWork(world.deps, { kind: "verify", run: () => waiting });
    const answer = await finance.get(`/console/work/${id}`);
    expect(answer.headers.get("content-security-policy")).toContain("connect-src 'self'");
    expect(await answer.text()).toContain("data-follow");
    finish({ ok: true, checked: {}, failures: [] });
    await workEnded(id);
    const done = await finance.get(`/console/work/${id}`);
    expect(done.headers.get("content-security-policy")).not.toContain("connect-src");
  });

  it("ends when the receiver is stopped, and is found interrupted", async () => {
    const world = await openConsole(bench);
    let go: (value: unknown) => void = () => {};
    const gate = new Promise((resolve) => {
      go = resolve;
    });
    const id = await startWork(world.deps, {
      kind: "verify",
      run: async (tell) => {
        await gate;
        tell({ orders: 1 });
        throw new Error("it went on");
      },
    });
    const stopped = stopWork(world.deps.store);
    go(undefined);
    await stopped;
    world.pass(1);
    expect(await showWork(world.deps, id)).toMatchObject({ state: "interrupted", problem: null });
    expect(world.logged("server.failed")).toEqual([]);
  });

  it("keeps a refusal for the person, and a fault for the log alone", async () => {
    const world = await openConsole(bench);
    const failed = await startWork(world.deps, {
      kind: "verify",
      run: () => Promise.reject(new Error("a secret of the machine")),
    });
    await workEnded(failed);
    const work = await showWork(world.deps, failed);
    expect([work.state, work.problem?.includes("secret")]).toEqual(["failed", false]);
    const finance = await world.as("finance");
    expect((await finance.get("/console/work/wk_nothing")).status).toBe(404);
  });
});
