import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { suspendPartner } from "../../server/src/channel/partner-standing.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { registerEmails } from "../../server/src/registered-emails/register-emails.ts";
import { signedIn } from "../access/access-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openConsole } from "./console-world.ts";

/** Two customers of two partners, one of whom registered both. */
async function openAccounts(bench: Parameters<typeof openConsole>[0]) {
  const world = await openConsole(bench);
  const { deps, sell } = world;
  await addPartner(deps, { id: "north", name: "North Shop", percent: 20 });
  await setAgreement(deps, "north", { sharing: "transaction" });
  await addCoupon(deps, { partner: "north", code: "NORTH" });
  await sell({ order: "A-1", coupon: "NORTH", email: "ann@customers.example", licence: "LICENCE-OF-ANN" });
  await sell({ order: "A-2", email: "ann@customers.example" });
  await sell({ order: "B-1", email: "ben@customers.example" });
  const entries = ["ann", "ben"].map((name, row) => ({
    row: row + 1,
    email: `${name}@customers.example`,
    consent: { version: "1", wording: "Yes, North may say so.", at: deps.clock() },
  }));
  await registerEmails(deps, { partner: "north", origin: "api", unlimited: true }, entries);
  const visitor = (mail: string) => signedIn(world, { customer: mail });
  return { ...world, visitor };
}

onEveryEngine("the customer's page", (bench) => {
  it("shows what was bought under the address, who sold it and who may see it, and no more", async () => {
    const world = await openAccounts(bench);
    const ann = await world.visitor("ann@customers.example");
    const text = await (await ann.get("/account")).text();
    expect(text).toContain("Order A-1");
    expect(text).toContain("Order A-2");
    expect(text).toContain("North Shop sees what was bought and when, not who you are");
    expect(text).toContain("The maker itself");
    expect(text).toContain("Yes, North may say so.");
    expect(text).not.toContain("B-1");
    expect(text).not.toContain("LICENCE-OF-ANN");
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    const nobody = await world.visitor("nobody@customers.example");
    expect(await (await nobody.get("/account")).text()).toContain("No purchase is known under this address");
  });

  it("lets a partner act on one licence, and ends that; another customer can do neither", async () => {
    const world = await openAccounts(bench);
    const [ann, ben] = [
      await world.visitor("ann@customers.example"),
      await world.visitor("ben@customers.example"),
    ];
    const page = async (at = "/account") => (await ann.get(at)).text();
    const field = (text: string, name: string) =>
      new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? "";
    const before = await page();
    expect(before).toContain("Let North Shop act for me");
    const asked = { licence: field(before, "licence"), partner: field(before, "partner") };
    expect((await ben.post("/account/mandates", asked)).status).toBe(404);
    expect((await ann.post("/account/mandates", asked)).headers.get("location")).toBe("/account?done=given");
    const given = await page("/account?done=given");
    expect(given).toContain("End it for North Shop");
    expect(given).toContain("It is given");
    const mandate = field(given, "mandate");
    expect((await ben.post("/account/mandates/end", { mandate })).status).toBe(404);
    await ann.post("/account/mandates/end", { mandate });
    expect(await page("/account?done=ended")).toContain("Let North Shop act for me");
  });

  it("lets a partner act whose invitation the customer has, and tells nobody which partners there are", async () => {
    const world = await openAccounts(bench);
    const { deps } = world;
    await addPartner(deps, { id: "south", name: "South Shop" });
    const [ann, ben] = [
      await world.visitor("ann@customers.example"),
      await world.visitor("ben@customers.example"),
    ];
    const { key } = await issuePartnerKey(deps, { partner: "south" });
    const asked = await world.app.request("/v1/partner/mandate-invitation", {
      headers: { authorization: `Bearer ${key}` },
    });
    const { code, url } = (await asked.json()) as { code: string; url: string };
    const address = new URL(url);
    const stranger = await world.app.request(`${address.pathname}${address.search}`, {
      headers: { accept: "text/html" },
      redirect: "manual",
    });
    const to = new URL(stranger.headers.get("location") ?? "", "http://x").searchParams.get("to");
    expect(to).toBe(`${address.pathname}${address.search}`);
    const opened = await (await ann.get(to ?? "")).text();
    expect(opened).toContain(`value="${code}"`);
    const licence = /<option value="([^"]+)"/.exec(opened)?.[1] ?? "";
    const send = (more: Record<string, string>) => ann.post("/account/mandates", { licence, ...more });
    const tampered = `${code.slice(0, -1)}${code.endsWith("A") ? "B" : "A"}`;
    const answers: string[] = [];
    for (const wrong of [
      tampered,
      code.replace("south", "nobody"),
      code.replace("south", "north"),
      "x",
      "",
    ]) {
      const answer = await send({ invitation: wrong, partner: "south", step: "do" });
      expect(answer.status).toBe(422);
      answers.push((await answer.text()).replaceAll(wrong === "" ? "\0" : wrong, ""));
    }
    expect(answers[0]).toContain("That is no invitation of a seller");
    expect(answers.slice(0, 3).every((one) => one.length === answers[0]?.length)).toBe(true);
    const named = await (await send({ invitation: code })).text();
    expect(named).toContain("Let South Shop act for me");
    expect(await (await ann.get("/account")).text()).not.toContain("End it for South Shop");
    expect((await ben.post("/account/mandates", { licence, invitation: code, step: "do" })).status).toBe(422);
    const given = await send({ invitation: code, step: "do" });
    expect(given.headers.get("location")).toBe("/account?done=given");
    expect(await (await ann.get("/account")).text()).toContain("End it for South Shop");
    const mine = await world.app.request("/v1/partner/mandates", {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(await mine.json()).toMatchObject({ mandates: [{ product: "acme-paint" }] });
    const { entries } = await listAudit(deps, { actor: "customer" });
    expect(entries.map(({ action }) => action)).toContainEqual(expect.stringContaining("/account/mandates"));
    await suspendPartner(deps, "south");
    expect((await send({ invitation: code })).status).toBe(422);
  });

  it("is for customers alone: the vendor's people have the console, and a customer has not", async () => {
    const world = await openAccounts(bench);
    const owner = await world.as("owner");
    expect((await owner.get("/account")).status).toBe(403);
    const ann = await world.visitor("ann@customers.example");
    expect((await ann.get("/console")).status).toBe(403);
    const stranger = await world.app.request("/account", {
      headers: { accept: "text/html" },
      redirect: "manual",
    });
    expect([stranger.status, stranger.headers.get("location")]).toEqual([303, "/sign-in?to=%2Faccount"]);
  });

  it("withdraws what was agreed with a partner, of this address alone", async () => {
    const world = await openAccounts(bench);
    const [ann, ben] = [
      await world.visitor("ann@customers.example"),
      await world.visitor("ben@customers.example"),
    ];
    const asked = await (await ann.post("/account/withdraw", { partner: "north" })).text();
    expect(asked).toContain("Withdraw what you agreed with North Shop?");
    expect(await (await ann.get("/account")).text()).toContain("Yes, North may say so.");
    const done = await ann.post("/account/withdraw", { partner: "north", step: "do" });
    expect(done.headers.get("location")).toBe("/account?done=withdrawn");
    expect(await (await ann.get("/account?done=withdrawn")).text()).toContain(
      "You have agreed to nothing here",
    );
    expect(await (await ben.get("/account")).text()).toContain("Yes, North may say so.");
  });

  it("erases the customer after saying what goes and what stays, and leaves the books as they are", async () => {
    const world = await openAccounts(bench);
    const ann = await world.visitor("ann@customers.example");
    const before = await world.balance("north");
    const asked = await (await ann.get("/account/erase")).text();
    expect(asked).toContain("your address on 2 purchases");
    expect(asked).toContain("1 registration by a seller");
    expect(await (await ann.get("/account")).text()).toContain("Order A-1");
    const foreign = await ann.post("/account/erase", { "form-token": "guessed" });
    expect(foreign.status).toBe(403);
    await ann.post("/account/erase");
    expect(await (await ann.get("/account")).text()).toContain("Order A-1");
    await ann.post("/account/erase", { step: "do" });
    expect(await (await ann.get("/account?done=erased")).text()).toContain(
      "No purchase is known under this address",
    );
    expect(await world.balance("north")).toEqual(before);
    expect(before.heldMinor).toBe(2_000);
    await world.expectSoundLedger();
  });
});
