import { expect, it } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { readPlan } from "../../server/src/plans/plan-schema.ts";
import { planTemplates } from "../../server/src/plans/plan-templates.ts";
import { addPlan, assignPlan, listPlans, showPlan } from "../../server/src/plans/plans.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { listWork, startWork, stopWork, workEnded } from "../../server/src/work/work.ts";
import type { Browser } from "../access/access-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { textOf } from "./console-forms.ts";
import { openConsole } from "./console-world.ts";

const edit = "/console/plans/edit";
const plain = (text: string) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
const attribute = (tag: string, name: string) => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : plain(value);
};

/** What a browser would send of the form with this class: every field as it stands there. */
function fieldsIn(page: string, look = "plan-form"): [string, string][] {
  const form = new RegExp(`<form[^>]*${look}[^>]*>([\\s\\S]*?)</form>`).exec(page)?.[1] ?? "";
  const found = form.matchAll(
    /<input[^>]*>|<select[^>]*>[\s\S]*?<\/select>|<textarea[^>]*>([\s\S]*?)<\/textarea>/g,
  );
  return [...found].flatMap(([tag, text]): [string, string][] => {
    const name = attribute(tag, "name") ?? "";
    if (tag.startsWith("<textarea")) return [[name, plain(text ?? "")]];
    if (tag.startsWith("<select")) {
      const options = tag.match(/<option[^>]*>/g) ?? [];
      const chosen = options.find((one) => one.includes(" selected")) ?? options[0] ?? "";
      return [[name, attribute(chosen, "value") ?? ""]];
    }
    if (attribute(tag, "type") === "checkbox" && !tag.includes(" checked")) return [];
    return [[name, attribute(tag, "value") ?? ""]];
  });
}

/** Sends a form as it stands, with what was changed in it. */
async function send(browser: Browser, fields: [string, string][], changes: Record<string, string> = {}) {
  const sent = new URLSearchParams(fields);
  for (const [name, value] of Object.entries(changes)) sent.set(name, value);
  const answer = await browser.send(edit, {
    body: new TextEncoder().encode(sent.toString()) as Uint8Array<ArrayBuffer>,
    type: "application/x-www-form-urlencoded",
  });
  return { status: answer.status, text: await answer.text(), location: answer.headers.get("location") };
}

const hidden = (page: string, name: string) =>
  plain(new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "");

onEveryEngine("the console's form of a plan", (bench) => {
  it("loads each of the guide's plans, and keeps it as it stands there", async () => {
    const world = await openConsole(bench);
    const channel = await world.as("channel");
    const list = await textOf(channel.get("/console/plans/new"));
    for (const template of planTemplates) {
      const path = `${edit}?template=${template.plan}`;
      expect(list).toContain(`href="${path}"`);
      const fields = fieldsIn(await textOf(channel.get(path)));
      const checked = await send(channel, fields, { act: "check" });
      expect([checked.status, checked.text.includes(`Add version 1 of ${template.plan}?`)]).toEqual([
        200,
        true,
      ]);
      expect(readPlan(JSON.parse(hidden(checked.text, "document")))).toEqual(readPlan(template));
      await channel.post(edit, { document: hidden(checked.text, "document"), step: "do" });
      expect((await showPlan(world.deps, template.plan)).document).toEqual(readPlan(template));
      // What is there already and is not changed makes no further version.
      const again = fieldsIn(await textOf(channel.get(`${edit}?from=${template.plan}`)));
      const same = await send(channel, again, { act: "check" });
      expect(same.text).toContain("It says the same as the newest version.");
    }
    expect((await channel.get(`${edit}?template=none`)).status).toBe(404);
    expect((await listPlans(world.deps)).plans).toHaveLength(planTemplates.length);
    const finance = await world.as("finance");
    expect((await finance.get("/console/plans/new")).status).toBe(403);
  });

  it("adds, moves and takes out rules, and says beside the field what is wrong", async () => {
    const world = await openConsole(bench);
    const channel = await world.as("channel");
    const page = await textOf(channel.get(`${edit}?template=march-spiff`));
    const typed = { "rules.0.pay.rateBp": "a lot", "rules.1.rule": "Margin!" };
    const added = await send(channel, fieldsIn(page), { ...typed, act: "add rules" });
    expect(added.status).toBe(200);
    expect(added.text).toMatch(/<input id="rules\.2\.rule"[^>]* autofocus/);
    const moved = await send(channel, fieldsIn(added.text), { act: "down rules.0" });
    expect(moved.text).toMatch(/id="rules\.1\.pay\.rateBp"[^>]* value="a lot"/);
    expect(moved.text).toMatch(/id="rules\.0\.rule"[^>]* value="Margin!"/);
    const gone = await send(channel, fieldsIn(moved.text), { act: "remove rules.2" });
    expect(gone.text).not.toContain('id="rules.2.rule"');
    const wrong = await send(channel, fieldsIn(gone.text), { act: "check" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toMatch(
      /<input id="rules\.0\.rule"[^>]* aria-describedby="rules\.0\.rule-problem"[^>]* aria-invalid="true" autofocus/,
    );
    expect(wrong.text.match(/ autofocus/g)).toHaveLength(1);
    expect(wrong.text).toContain('<a href="#rules.1.pay.rateBp">Rules › 2 › What it pays › Percentage</a>');
    // As text what was typed stands where it was typed.
    const text = await send(channel, fieldsIn(wrong.text), { act: "text" });
    const document =
      hidden(text.text, "document") || plain(/<textarea[^>]*>([^<]*)/.exec(text.text)?.[1] ?? "");
    expect(JSON.parse(document).rules).toMatchObject([{ rule: "Margin!" }, { pay: { rateBp: "a lot" } }]);
    const broken = await textOf(channel.post(edit, { view: "text", document: "[1, 2", act: "form" }));
    expect(broken).toMatch(/<textarea[^>]*aria-invalid="true"[^>]*>\[1, 2</);
    const list = await textOf(channel.post(edit, { view: "text", document: "[1]", act: "form" }));
    expect(list).toMatch(/<textarea[^>]*>\[1\]</);
    for (const act of [
      "up rules.0",
      "down rules.9",
      "remove none.1",
      "up rules",
      "add plan",
      "more x.y.z",
      "up __proto__.1",
    ])
      expect((await send(channel, fieldsIn(page), { act })).status, act).toBeLessThan(500);
  });

  it("shows what differs between two versions, in words", async () => {
    const world = await openConsole(bench);
    const reader = await world.as("auditor");
    const version = (rateBp: number, more: object = {}) => ({
      plan: "p",
      name: "P",
      promise: "each_sale",
      rules: [
        { rule: "one", when: { kinds: ["new"] }, pay: { rateBp } },
        { rule: "two", pay: { rateBp: 100 } },
      ],
      ...more,
    });
    await addPlan(world.deps, version(2000));
    await addPlan(world.deps, version(2500, { capPerOrder: [{ currency: "EUR", amountMinor: 15_000 }] }));
    await addPlan(world.deps, { ...version(2500), rules: version(2500).rules.toReversed() });
    const first = await textOf(reader.get("/console/plans/p/versions?older=1&newer=2"));
    expect(first).toContain("Rules › one › What it pays › Percentage");
    expect(first).toMatch(/<td[^>]*>20%<\/td><td[^>]*>25%<\/td>/);
    expect(first).toContain("The most for one order › EUR › Amount");
    expect(first).toContain("€150.00");
    const newest = await textOf(reader.get("/console/plans/p/versions"));
    expect(newest).toMatch(/Rules › Order<\/th><td[^>]*>one, two<\/td><td[^>]*>two, one<\/td>/);
    expect((await reader.get("/console/plans/p/versions?older=9")).status).toBe(404);
    expect((await reader.get("/console/plans/none/versions")).status).toBe(404);
  });

  it("simulates on when nobody looks, shows who is lowered, and keeps the plan from there", async () => {
    const world = await openConsole(bench);
    const { deps } = world;
    await addPartner(deps, { id: "north", name: "North", percent: 20 });
    const document = {
      plan: "less",
      name: "Less",
      promise: "each_sale",
      rules: [{ rule: "all", pay: { rateBp: 1000 } }],
    };
    const channel = await world.as("channel");
    const begun = await channel.post("/console/work/simulate", {
      document: JSON.stringify(document),
      since: "2026-01-01",
      partner: "north",
    });
    const path = begun.headers.get("location") ?? "";
    await workEnded(path.split("/").at(-1) ?? "");
    const page = await textOf(channel.get(path));
    expect(page).toMatch(/The plan that was simulated[\s\S]*2026-01-01[\s\S]*<dd>north/);
    expect(JSON.parse(hidden(page, "document"))).toEqual(document);
    const form = await textOf(
      channel.post(edit, { document: hidden(page, "document"), act: "form", step: "do" }),
    );
    expect(form).toMatch(/id="rules\.0\.pay\.rateBp"[^>]* value="10"/);
    expect((await listPlans(deps)).plans).toEqual([]);
    const kept = await channel.post(edit, { document: hidden(page, "document"), step: "do" });
    expect(kept.headers.get("location")).toBe("/console/plans/less?done=plan");
    const none = await channel.post("/console/work/simulate", { document: '{"plan":"x"}' });
    expect(none.status).toBe(400);
    expect((await listWork(deps)).works).toHaveLength(1);
  });

  it("offers a simulation that was interrupted once more, with its plan", async () => {
    const world = await openConsole(bench);
    const input = { plan: "p", name: "P", promise: "each_sale", rules: [] };
    let isTold = () => {};
    const told = new Promise<void>((resolve) => {
      isTold = resolve;
    });
    const id = await startWork(world.deps, {
      kind: "simulate",
      about: "p",
      input: { document: input },
      run: async (tell) => {
        for (;;) {
          tell({ orders: 1 });
          isTold();
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
    });
    await told;
    await stopWork(world.deps.store);
    world.pass(1);
    const channel = await world.as("channel");
    const page = await textOf(channel.get(`/console/work/${id}`));
    expect(page).toContain("Interrupted");
    expect(page).toContain('action="/console/work/simulate"');
    expect(JSON.parse(hidden(page, "document"))).toEqual(input);
  });

  it("shows whom an assignment changes and until when, before it holds", async () => {
    const world = await openConsole(bench);
    const { deps } = world;
    for (const [id, kind] of [
      ["north", "reseller"],
      ["south", "reseller"],
      ["east", "affiliate"],
    ] as const)
      await addPartner(deps, { id, name: `The ${id}`, kind });
    const plan = (id: string) => ({
      plan: id,
      name: id,
      promise: "each_sale",
      rules: [{ rule: "all", pay: { rateBp: 2000 } }],
    });
    for (const id of ["old", "new"]) await addPlan(deps, plan(id));
    await assignPlan(deps, { plan: "old", partner: "south" });
    await assignPlan(deps, { plan: "old", kind: "reseller", since: addDays(deps.clock(), 40) });
    const channel = await world.as("channel");
    const assign = (fields: Record<string, string>) =>
      textOf(channel.post("/console/plans/assign", { plan: "new", ...fields }));
    const since = new Date(addDays(deps.clock(), 10)).toISOString().slice(0, 10);
    const kind = await assign({ target: "kind", kind: "reseller", since, step: "check" });
    expect(kind).toMatch(/>The north<\/a>[\s\S]*No plan[\s\S]*Taken over by an assignment from/);
    expect(kind).not.toContain(">The east</a>");
    expect(kind).toMatch(/Partners who stay as they are: 1[\s\S]*The south/);
    expect(kind).toMatch(/(9|10) days to announce it/);
    expect((await listPlans(deps)).assignments).toHaveLength(2);
    const two = await assign({ target: "partner", partner: "north, south", step: "check" });
    expect(two).toMatch(/>The south<\/a>[\s\S]*href="\/console\/plans\/old\?version=1"/);
    const done = await channel.post("/console/plans/assign", {
      plan: "new",
      target: "partner",
      partner: "north, south",
      step: "do",
    });
    expect(done.headers.get("location")).toBe("/console/plans?done=assigned");
    expect((await listPlans(deps)).assignments).toHaveLength(4);
    for (const [fields, why] of [
      [{}, "Say whom it pays"],
      [{ target: "kind", kind: "friends" }, "Say whom it pays"],
      [{ target: "partner" }, "Say which partner"],
      [{ target: "partner", partner: "north west" }, "There is no partner west"],
      [{ target: "default", since: "2027-02-31" }, "A day is written"],
      [{ target: "default", version: "9" }, "in a version 9"],
    ] as const) {
      const refused = await channel.post("/console/plans/assign", { plan: "new", ...fields });
      expect([refused.status >= 400, (await refused.text()).includes(why)], why).toEqual([true, true]);
    }
    expect((await listPlans(deps)).assignments).toHaveLength(4);
  });
});
