import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { noteDeskDigests } from "../../server/src/console/digests.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { writeServiceNotice } from "../../server/src/customer-notices/product-notices.ts";
import { noteRenewals, renewalGates } from "../../server/src/customer-notices/renewal-notices.ts";
import { runServiceNotices } from "../../server/src/customer-notices/write-letters.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { answerDispute } from "../../server/src/disputes/answer-dispute.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { openCourier } from "../../server/src/mail/courier.ts";
import { noticeKinds } from "../../server/src/mail/notice-kinds.ts";
import { sendDueMail } from "../../server/src/mail/send-due.ts";
import { sendTestMail } from "../../server/src/mail/send-test.ts";
import { noticeGates, tellNotices } from "../../server/src/mail/tell-notices.ts";
import { writeNews } from "../../server/src/news/news.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { approvePayout } from "../../server/src/payouts/change-batch.ts";
import { confirmPayout } from "../../server/src/payouts/confirm.ts";
import { exportPayout } from "../../server/src/payouts/export.ts";
import { proposePayouts } from "../../server/src/payouts/propose.ts";
import { addPerson, choose } from "../../server/src/people/people.ts";
import { isBuyer } from "../../server/src/persons/rows/persons.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { noteDigests } from "../../server/src/portal/digests.ts";
import { signInGates } from "../../server/src/sign-in/gates.ts";
import { announcePlan } from "../../server/src/simulations/announce-plan.ts";
import { closeStatements } from "../../server/src/statements/close-statements.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { openConsole } from "../console/console-world.ts";
import { detailsOf, ibans } from "../payouts/payout-details.ts";
import { payer } from "../payouts/payout-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";

/** What is tried where an authenticator is at hand. */
const elsewhere = ["passkey.added", "passkey.removed"];
/** What a reader can end: all else is about something that she has, is owed or has asked for. */
const canBeEnded = ["digest", "desk", "news", "renewal.notice"];

/** A receiver of a vendor who offers German first and has a colour that nobody could read; its mail lies in a folder. */
async function openFolder() {
  const world = await openConsole(benchOf("sqlite"), {
    payouts: { payer },
    mail: { from: "Acme <partners@acme.example>", folder: "./mail" },
    brand: { name: "Acme", color: "#ffe000", languages: ["de", "en", "ar"] },
    customers: { renewalNoticeDays: [30] },
  });
  const { deps } = world;
  const { mail, issuer, brand } = deps.config;
  if (mail === undefined || !("folder" in mail)) throw new Error("mail lies in a folder");
  const courier = await openCourier({ config: mail, issuer, brand });
  const gates = { ...noticeGates, ...signInGates(isBuyer), ...renewalGates(deps) };
  const flush = async () => {
    await tellNotices(deps);
    await sendDueMail(deps, { courier, gates, chance: () => 0.5 });
  };
  /** All mail by its kind. */
  const read = async (): Promise<(ParsedMail & { kind: string })[]> => {
    const kinds = new Map(
      (await deps.store.cold.selectFrom("mails").select(["id", "kind"]).execute()).map((row) => [
        String(row.id),
        String(row.kind),
      ]),
    );
    const files = (await readdir(mail.folder)).filter((name) => name.endsWith(".eml")).sort();
    return Promise.all(
      files.map(async (name) =>
        Object.assign(await simpleParser(await readFile(join(mail.folder, name))), {
          kind: kinds.get(name.replace(".eml", "")) ?? "test",
        }),
      ),
    );
  };
  return { ...world, flush, read, brand };
}

type Folder = Awaited<ReturnType<typeof openFolder>>;

const by = <T>(actor: string, work: () => Promise<T>): Promise<T> =>
  asDeed({ actor, action: "test", subject: undefined }, work);

/** Makes every event that somebody is told of. */
async function everyEvent(world: Folder): Promise<void> {
  const { deps, app, sell, pass } = world;
  await addPartner(deps, { id: "north", name: "North", percent: 20 });
  await addPartner(deps, { id: "south", name: "South", percent: 20 });
  const { id: owner } = await addPerson(deps, {
    mail: "owner@north.example",
    role: "owner",
    partner: "north",
    addedBy: "cli:test",
  });
  await choose(deps, { id: owner, language: "ar", digest: "weekly" });
  await addPerson(deps, { mail: "finance@north.example", role: "finance", partner: "north", addedBy: "x" });
  await addPerson(deps, { mail: "boss@acme.example", role: "owner", addedBy: "cli:test" });
  await setAgreement(deps, "north", { sharing: "transaction", notices: ["service", "renewal"] });
  await addCoupon(deps, { partner: "north", code: "NORTH" });
  await addPlan(deps, plan(2_000));
  await assignPlan(deps, { plan: "all", partner: "north" });
  pass(1);
  const licence = "LICENCE-0001-WXYZ";
  await sell({ order: "A-1", coupon: "NORTH", email: "ann@home.example", licence, period: "P2M" });
  await sell({ order: "A-2", email: "ben@home.example" });
  await setDetails(deps, "north", detailsOf("North"));
  await setDetails(
    deps,
    "north",
    detailsOf("North", { accounts: [{ kind: "iban", name: "N", iban: ibans[1] }] }),
  );
  await tellCustomers(deps, { by: "vendor" }, [
    { row: 1, email: "ann@home.example", product: "acme-paint", licence, parts: ["buys"] },
  ]);
  await writeServiceNotice(deps, { product: "acme-paint", title: "A patch", text: "Please install it." });
  await runServiceNotices(deps);
  await writeNews(deps, { title: "News", text: "Of today." });
  pass(1);
  const { id } = await openDispute(deps, "north", { number: "A-2", text: "We sold it." });
  await answerDispute(deps, id, { text: "Please send the invoice.", internal: false });
  await addPlan(deps, plan(1_000));
  await assignPlan(deps, { plan: "all", partner: "north", since: addDays(deps.clock(), 30) });
  await announcePlan(deps, "all");
  for (const [mail, to] of [
    ["boss@acme.example", "/console"],
    ["ann@home.example", "/account"],
  ] as const)
    await app.request("/sign-in", {
      method: "POST",
      body: new URLSearchParams({ mail, to }).toString(),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
        "accept-language": "en",
      },
    });
  await world.flush();
  pass(38);
  await releaseDue(deps);
  // A week, in which each reader's day comes once.
  for (let day = 0; day < 7; day++) {
    pass(1);
    await Promise.all([noteRenewals(deps), noteDigests(deps), noteDeskDigests(deps)]);
  }
  await world.flush();
  await payTwice(world);
  pass(31);
  await closeStatements(deps, { period: new Date(addDays(deps.clock(), -31)).toISOString().slice(0, 7) });
  await world.flush();
}

const plan = (rateBp: number) => ({
  plan: "all",
  name: "All alike",
  promise: "each_sale",
  rules: [{ rule: "all", pay: { rateBp } }],
});

/** One payout arrives, another comes back. */
async function payTwice({ deps, as }: Folder): Promise<void> {
  const [one, other] = [(await as("finance")).actor, (await as("owner")).actor];
  const all = { ...deps, blocks: [] };
  for (const failed of [undefined, "Account closed"]) {
    await adjust(deps, {
      partner: "north",
      amountMinor: 5_000,
      currency: "EUR",
      kind: "bonus",
      reference: `T-${failed ?? 0}`,
      note: "A good year",
    });
    const { batches } = await by(one, () => proposePayouts(all, {}));
    const batch = batches[0]?.id ?? "";
    await by(other, () => approvePayout(all, batch));
    await exportPayout(all, batch, { format: "csv" });
    await confirmPayout(all, batch, { row: 1, failed });
  }
}

describe("mail of every kind", () => {
  it("comes once, in the reader's language and in two parts that say the same, with links that lead somewhere", async () => {
    const world = await openFolder();
    await everyEvent(world);
    await sendTestMail(world.deps.config, "boss@acme.example", {});
    const mails = await world.read();
    const told = new Set(mails.map(({ kind }) => kind));
    const others = ["sign-in", "sign-in-customer", "service.notice", "renewal.notice", "test"];
    const wanted = [...Object.keys(noticeKinds), ...others].filter((kind) => !elsewhere.includes(kind));
    expect([...told].sort()).toEqual(wanted.sort());
    // Once: what is done again, by whatever runs twice, writes nothing anew.
    await noteRenewals(world.deps);
    await runServiceNotices(world.deps);
    await Promise.all([world.flush(), world.flush()]);
    expect(await world.read()).toHaveLength(mails.length);
    const once = mails.map(({ kind, to, subject }) => [kind, [to].flat()[0]?.text, subject].join(" | "));
    expect(new Set(once).size).toBe(once.length);
    for (const mail of mails) await examine(world, mail);
  });
});

async function examine({ app, deps }: Folder, mail: ParsedMail & { kind: string }): Promise<void> {
  const { kind, text = "", html } = mail;
  const to = [mail.to].flat()[0]?.text ?? "";
  const page = String(html);
  const language = to === "owner@north.example" ? "ar" : kind.startsWith("sign-in") ? "en" : "de";
  expect([kind, to, /<html lang="([\w-]+)" dir="(\w+)"/.exec(page)?.slice(1)]).toEqual([
    kind,
    to,
    [language, language === "ar" ? "rtl" : "ltr"],
  ]);
  expect(text + page).not.toMatch(/undefined|NaN|\[object|\{\$/);
  expect(mail.from?.text).toContain("partners@acme.example");
  expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
  // The vendor's yellow is made dark enough for white text to be read on it.
  if (page.includes("background:#ffe000")) expect.fail(`${kind}: a button that nobody can read`);
  const links = [...text.matchAll(/https?:\/\/\S+/g)].map(([url]) => url);
  const hrefs = [...page.matchAll(/href="([^"]+)"/g)].map(([, url = ""]) => url.replaceAll("&amp;", "&"));
  expect([kind, [...new Set(hrefs)].sort()]).toEqual([kind, [...new Set(links)].sort()]);
  if (kind !== "service.notice" && kind !== "test") expect([kind, links.length > 0]).toEqual([kind, true]);
  const get = (url: string) => app.request(url, { headers: { accept: "text/html" }, redirect: "manual" });
  for (const url of links) {
    expect(new URL(url).origin).toBe(new URL(deps.config.issuer).origin);
    // A page, or the way to it by a sign-in, or to the shop; a link that signs in has run out since.
    const led = kind.startsWith("sign-in") ? [410] : [200, 302, 303];
    expect([kind, url, led.includes((await get(url)).status)]).toEqual([kind, url, true]);
  }
  const header = (name: string) => mail.headerLines.find(({ key }) => key === name)?.line ?? "";
  const stop = /<([^>]+)>/.exec(header("list-unsubscribe"))?.[1];
  expect([kind, stop !== undefined, header("list-unsubscribe-post").includes("One-Click")]).toEqual([
    kind,
    canBeEnded.includes(kind),
    canBeEnded.includes(kind),
  ]);
  if (stop === undefined) return;
  expect(links).toContain(stop);
  expect((await app.request(new URL(stop).pathname, { method: "POST" })).status).toBe(200);
}
