import { expect, it } from "vitest";
import {
  rehearseServiceNotice,
  showServiceNotice,
  writeServiceNotice,
} from "../../server/src/customer-notices/product-notices.ts";
import {
  listRenewalNotices,
  noteRenewals,
  renewalGates,
} from "../../server/src/customer-notices/renewal-notices.ts";
import { runServiceNotices } from "../../server/src/customer-notices/write-letters.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { MailFailure } from "../../server/src/mail/courier.ts";
import { openMail } from "../../server/src/mail/mails.ts";
import { findMail } from "../../server/src/mail/rows/mails.ts";
import { pruneMail, sendDueMail } from "../../server/src/mail/send-due.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { erasePerson } from "../../server/src/persons/persons.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { followRewards } from "../../server/src/rewards/follow-rewards.ts";
import { draftOffer } from "../../server/src/rewards/offers.ts";
import { listRewards } from "../../server/src/rewards/rewards.ts";
import { query } from "../../server/src/store/query.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { signedIn } from "../access/access-world.ts";
import { generous } from "../channel/rewards-world.ts";
import { adminToken } from "../journey/receiver-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openCustomers } from "./customers-world.ts";

const licences = ["AAAA-BBBB-0001", "AAAA-BBBB-0002", "AAAA-BBBB-0003", "AAAA-BBBB-0004"] as const;

/** Customers of two partners and of the vendor: Ann has a licence of each partner, Bob one of the vendor, Cat one of South. */
async function openNotices(bench: Bench) {
  const world = await openCustomers(bench);
  const { deps, sell, start, agree } = world;
  Object.assign(deps.config.customers, { renewalNoticeDays: [30, 7] });
  const [ofNorth, ofSouth, ofVendor, ofCat] = licences;
  await sell("n1", start, { licence: ofNorth });
  await sell("s1", start, { by: "south", licence: ofSouth });
  await sell("s2", start, { by: "south", licence: ofCat });
  const told = [
    ["ann@a.example", ofNorth, "de"],
    ["ann@a.example", ofSouth, "de"],
    ["bob@b.example", ofVendor, undefined],
    ["cat@c.example", ofCat, undefined],
  ] as const;
  const report = await tellCustomers(
    deps,
    { by: "vendor" },
    told.map(([email, licence, language], at) => ({
      row: at + 1,
      email,
      product: "acme-paint",
      licence,
      language,
      parts: ["buys"],
    })),
  );
  expect(report.invalid).toEqual([]);
  await agree("north", { notices: ["service", "renewal"] });
  await agree("south", { notices: [] });
  const mails = async (kind: string) => {
    const rows = await deps.store.cold.selectFrom("mails").selectAll().where("kind", "=", kind).execute();
    return rows
      .map((row) => ({ id: row.id, state: row.state, ...openMail(deps.hashes, row) }))
      .sort((one, other) => (one.to < other.to ? -1 : 1));
  };
  const gate = renewalGates(deps)["renewal.notice"];
  if (gate === undefined) throw new Error("renewal notices have no gate");
  /** Whether the first letter about a renewal would still be sent. */
  const mayGo = async () => {
    const [letter] = await mails("renewal.notice");
    return deps.store.read(async (tx) => {
      const row = await findMail(tx, letter?.id ?? "");
      return row !== undefined && (await gate(tx, row.recipient_hash, row.id)) === true;
    });
  };
  return { ...world, mails, mayGo };
}

const patch = {
  product: "acme-paint",
  title: "Security update 3.1.2",
  text: "Please install it.\n\nThank you.",
};

onEveryEngine("a service notice", (bench) => {
  it("reaches each address once, names the partner of each licence and no other, and leaves out what is not agreed", async () => {
    const { deps, mails } = await openNotices(bench);
    expect(await rehearseServiceNotice(deps, patch)).toEqual({
      recipients: 2,
      licences: 2,
      blocked: [{ reason: "not_agreed", licences: 2 }],
    });
    expect(await mails("service.notice")).toEqual([]);
    const { id } = await writeServiceNotice(deps, patch);
    // Two processes at once write no letter twice.
    const counts = await Promise.all([runServiceNotices(deps), runServiceNotices(deps)]);
    expect(counts[0] + counts[1]).toBeGreaterThanOrEqual(2);
    expect(await runServiceNotices(deps)).toBe(0);
    const sent = await mails("service.notice");
    expect(sent.map(({ to }) => to)).toEqual(["ann@a.example", "bob@b.example"]);
    const [ann, bob] = sent;
    expect(ann?.letter.language.tag).toBe("de");
    expect(ann?.letter.figures).toHaveLength(1);
    expect(JSON.stringify(ann?.letter)).toContain("gekauft bei north");
    expect(JSON.stringify(ann?.letter)).toContain("0001");
    expect(JSON.stringify(sent)).not.toContain("south");
    expect(JSON.stringify(bob?.letter)).not.toContain("north");
    expect(bob?.letter.paragraphs).toEqual([patch.title, "Please install it.", "Thank you."]);
    expect(await showServiceNotice(deps, id)).toMatchObject({
      state: "done",
      written: 2,
      waiting: 0,
      reach: { recipients: 2, licences: 2, blocked: [{ reason: "not_agreed", licences: 2 }] },
    });
  });

  it("goes on where it was killed, without those who were erased or whose mail comes back", async () => {
    const { deps, mails, agree } = await openNotices(bench);
    await agree("south", { notices: ["service"] });
    const { id } = await writeServiceNotice(deps, patch);
    const killed = new Error("killed");
    await expect(
      runServiceNotices(deps, (letters) => {
        if (letters === 1) throw killed;
      }),
    ).rejects.toBe(killed);
    const [first] = await mails("service.notice");
    expect(await showServiceNotice(deps, id)).toMatchObject({ state: "writing", written: 1, waiting: 2 });
    const [erased = "", left = ""] = ["ann@a.example", "bob@b.example", "cat@c.example"].filter(
      (one) => one !== first?.to,
    );
    await erasePerson(deps, { email: erased });
    await runServiceNotices(deps);
    expect((await mails("service.notice")).map(({ to }) => to)).toEqual([first?.to, left].sort());
    expect(await showServiceNotice(deps, id)).toMatchObject({ state: "done", written: 2 });
    await sendDueMail(deps, {
      courier: {
        send: async ({ to }) => {
          if (to === first?.to) throw new MailFailure("RCPT TO: answer 550", { isLasting: true });
        },
        verify: async () => {},
        close: () => {},
      },
    });
    // The mail that told it is deleted one day, what it told is not.
    await pruneMail({ ...deps, clock: () => addDays(deps.clock(), 91) });
    const reach = await rehearseServiceNotice(deps, patch);
    expect(reach.recipients).toBe(1);
    expect(reach.blocked.map(({ reason }) => reason)).toEqual(["bounced"]);
  });

  it("is rehearsed and sent by API and console, with the same figures", async () => {
    const { deps, journey } = await openNotices(bench);
    const admin = async (method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${adminToken}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await journey.app.request(path, { method, headers, ...sent });
      return { status: response.status, body: (await response.json()) as object };
    };
    const dry = await admin("POST", "/v1/service-notices", { ...patch, dryRun: true });
    expect(dry).toMatchObject({ status: 200, body: { recipients: 2 } });
    const sent = await admin("POST", "/v1/service-notices", patch);
    expect(sent).toMatchObject({ status: 202, body: { state: "gathering" } });
    await runServiceNotices(deps);
    const { id } = sent.body as { id: string };
    expect(await admin("GET", `/v1/service-notices/${id}`)).toMatchObject({
      body: { state: "done", written: 2 },
    });
    const { id: person } = await addPerson(deps, {
      mail: "owner@acme.example",
      role: "owner",
      addedBy: "cli:test",
    });
    const owner = await signedIn({ app: journey.app, deps }, { person });
    const asked = await (await owner.post("/console/notices/write", patch)).text();
    expect(asked).toContain("Tell 2 customers this?");
    expect(asked).toContain("Left out: the partner");
    const done = await owner.post("/console/notices/write", { ...patch, step: "do" });
    const [, written] =
      /^\/console\/notices\/(sn_\w+)\?done=notice$/.exec(done.headers.get("location") ?? "") ?? [];
    await runServiceNotices(deps);
    const page = await (await owner.get(`/console/notices/${written}`)).text();
    expect(page).toContain("all written");
    expect(page).not.toMatch(/undefined|NaN|\[object/);
    expect(await (await owner.get("/console/notices")).text()).toContain(patch.title);
    expect(await admin("POST", "/v1/service-notices", { ...patch, product: "nope" })).toMatchObject({
      status: 404,
    });
  });
});

onEveryEngine("a renewal notice", (bench) => {
  it("is written once a licence and term where it is agreed, and noted with why where it is not", async () => {
    const { deps, start, mails, journey } = await openNotices(bench);
    const send = () => sendDueMail(deps, { courier: quiet, gates: renewalGates(deps), chance: () => 0.5 });
    const quiet = { send: async () => {}, verify: async () => {}, close: () => {} };
    expect(await noteRenewals(deps)).toBe(0);
    journey.pass(340);
    const counts = await Promise.all([noteRenewals(deps), noteRenewals(deps)]);
    expect(counts[0] + counts[1]).toBe(1);
    expect(await noteRenewals(deps)).toBe(0);
    const [letter, ...more] = await mails("renewal.notice");
    expect(more).toEqual([]);
    expect(letter?.to).toBe("ann@a.example");
    expect(letter?.letter.paragraphs.join(" ")).toContain("north");
    expect(letter?.letter.action?.url).toMatch(/\/r\/acme-paint\?t=/);
    const { notices } = await listRenewalNotices(deps);
    expect(notices.map(({ outcome, reason, partner }) => [partner, reason ?? outcome]).sort()).toEqual([
      ["north", "written"],
      ["south", "not_agreed"],
      ["south", "not_agreed"],
    ]);
    expect(notices[0]?.endsAt.slice(0, 4)).toBe(new Date(addDays(start, 365)).toISOString().slice(0, 4));
    await send();
    expect((await mails("renewal.notice"))[0]?.state).toBe("sent");
    expect(await noteRenewals(deps)).toBe(0);
  });

  it("names what its partner gives for renewing, as far as the plan and its caps have it", async () => {
    const { deps, mails, journey, sell, start } = await openNotices(bench);
    const plan = generous({ capPerPeriod: [{ currency: "EUR", amountMinor: 400 }] });
    await addPlan(deps, plan);
    await assignPlan(deps, { plan: "generous" });
    const title = "<b>Win</b> at http://elsewhere.example";
    for (const [product, points] of [
      [undefined, 500],
      ["acme-paint", 300],
    ] as const)
      await draftOffer(deps, { partner: "north", title, product, points }, { isOffered: true });
    journey.pass(340);
    expect(await noteRenewals(deps)).toBe(1);
    const figures = async () => (await mails("renewal.notice")).map(({ letter }) => letter.figures);
    const thanks = { label: "Als Dank für Ihre Verlängerung bietet north", value: "Punkte: 300" };
    expect(await figures()).toEqual([[expect.anything(), thanks]]);
    // North's renewals of this month have given away all that its plan allows: the second letter promises nothing.
    await sell("o1", start, { licence: "OTHER-1" });
    await sell("o2", undefined, { licence: "OTHER-1" });
    await sell("p1", start, { licence: "OTHER-2" });
    await sell("p2", undefined, { licence: "OTHER-2" });
    journey.pass(1);
    await followRewards(deps);
    const costs = (await listRewards(deps)).rewards.map(({ costMinor }) => costMinor);
    expect(costs.toSorted((a, b) => a - b)).toEqual([100, 300]);
    Object.assign(deps.config.customers, { renewalNoticeDays: [30, 24] });
    expect(await noteRenewals(deps)).toBe(1);
    expect(await figures()).toEqual([[expect.anything(), thanks], [expect.anything()]]);
  });

  it("ends by one click, and never goes out after the term was renewed or the customer erased", async () => {
    const { deps, sell, mails, mayGo, journey } = await openNotices(bench);
    journey.pass(340);
    await noteRenewals(deps);
    const [letter] = await mails("renewal.notice");
    expect(await mayGo()).toBe(true);
    const stop = new URL(letter?.letter.unsubscribeUrl ?? "").pathname;
    const page = await (await journey.app.request(stop)).text();
    expect(page).toContain("No more of these");
    expect(await mayGo()).toBe(true);
    expect((await journey.app.request(`${stop.slice(0, -1)}_`, { method: "POST" })).status).toBe(404);
    const body = "List-Unsubscribe=One-Click";
    expect((await journey.app.request(stop, { method: "POST", body })).status).toBe(200);
    expect(await mayGo()).toBe(false);
    await deps.store.write((tx) =>
      tx.run(
        query<object>()((db) => db.deleteFrom("notice_stops")),
        {},
      ),
    );
    expect(await mayGo()).toBe(true);
    // Ann's licence of south ends on the same day: that one is not renewed, and the letter is not about it.
    await sell("n2", deps.clock(), { licence: licences[0] });
    expect(await mayGo()).toBe(false);
    await erasePerson(deps, { email: "ann@a.example" });
    expect(await mails("renewal.notice")).toEqual([]);
    expect(await noteRenewals(deps)).toBe(0);
  });

  it("is for who kept what was bought: a part given back changes nothing, all of it ends the notice", async () => {
    const { deps, refund, mails, mayGo, journey } = await openNotices(bench);
    await refund("n1", 5, { amountMinor: 6_600 });
    journey.pass(340);
    expect(await noteRenewals(deps)).toBe(1);
    expect(await mayGo()).toBe(true);
    await refund("n1", 340, { amountMinor: 10_000 });
    expect(await mayGo()).toBe(false);
    // The second step finds nothing to write about; south's licences are noted as ever.
    journey.pass(20);
    expect(await noteRenewals(deps)).toBe(0);
    expect(await mails("renewal.notice")).toHaveLength(1);
    const { notices } = await listRenewalNotices(deps);
    expect(notices.filter(({ daysBefore }) => daysBefore === 7).map(({ partner }) => partner)).toEqual([
      "south",
      "south",
    ]);
  });
});
