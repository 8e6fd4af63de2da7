import { Readable } from "node:stream";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { takeDealStep } from "../../server/src/deals/deals.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { enqueueMail } from "../../server/src/mail/mails.ts";
import { noteBounce } from "../../server/src/mail/rows/bounces.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { registerEmails } from "../../server/src/registered-emails/register-emails.ts";
import { addCodes } from "../../server/src/rewards/codes.ts";
import { draftOffer } from "../../server/src/rewards/offers.ts";
import { importSerials } from "../../server/src/serials/import-serials.ts";
import { startSession } from "../../server/src/sessions/sessions.ts";
import { insertSignIn } from "../../server/src/sign-in/rows/sign-ins.ts";
import { issueVouchers, openVoucherBatch } from "../../server/src/vouchers/issue.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { openAttack } from "./attack-world.ts";

/** What an idempotency key looks like. */
export const idempotencyKey = "0123456789abcdefghijkl";

/** The one person whom everything is about. */
export const jane = { email: "Jane.Doe@Home.example", licence: "JANE-0001" };

/** A receiver in whose tables one person stands wherever a person can, and one partner's secrets where these can. */
export async function openFullWorld(bench: Bench, pepper?: string) {
  const world = await openAttack(bench, {}, pepper);
  const { deps } = world;
  const { email, licence } = jane;
  const entry = { row: 1, email, consent: { version: "v1", wording: "Yes.", at: deps.clock() } };
  await registerEmails(deps, { partner: "honest", origin: "api" }, [entry]);
  const deal = await registerDeal(deps, { partner: "honest", customer: email });
  const domain = await registerDeal(deps, { partner: "honest", customer: "works.example" });
  for (const { deal_id } of [deal, domain])
    await takeDealStep(deps, deal_id, { step: "accepted", until: addDays(deps.clock(), 60), note: "new" });
  const { offer } = await draftOffer(deps, {
    partner: "honest",
    title: "Thank you",
    coupon: { currency: "EUR", amountMinor: 500 },
  });
  await addCodes(deps, offer, ["SPRING-1"]);
  const pool = async (text: string, batch: string, isPool: boolean) =>
    importSerials(deps, {
      batch,
      product: "acme-paint",
      pool: isPool,
      ...(isPool ? {} : { partner: "honest" }),
      source: Readable.from([Buffer.from(text)]),
    });
  await pool("POOL-0001\nPOOL-0002\n", "pool", true);
  await pool(`${licence}\nBOXX-0002\nBOXX-0003\n`, "box", false);
  const { batch } = await openVoucherBatch(deps, { partner: "honest", product: "acme-paint" });
  const codes: string[] = [];
  for await (const some of issueVouchers(deps, batch, 2)) codes.push(...some.map(({ code }) => code));
  await world.register(licence, world.honest);
  await world.register(licence, world.mallory);
  await activate(world, licence);
  await world.click(`https://renew.acme.example/r/acme-paint?t=${world.honest}&l=${licence}`);
  await world.buy({ id: "cs_jane", licence, email });
  const { person, removed } = {
    person: await addPerson(deps, { mail: "ann@vendor.example", role: "owner", addedBy: "cli:ann" }),
    removed: await addPerson(deps, { mail: email, role: "viewer", partner: "honest", addedBy: "cli:ann" }),
  };
  await tellCustomers(deps, { by: "vendor" }, [
    {
      row: 1,
      email,
      name: "Jane Doe",
      organisation: ["Doe's"],
      product: "acme-paint",
      licence,
      consent: { version: "v1", at: deps.clock() },
    },
  ]);
  const dispute = await openDispute(deps, "mallory", {
    serial: licence,
    text: "Ours.",
    file: { name: "a.txt", type: "text/plain", base64: Buffer.from("proof").toString("base64") },
  });
  await setDetails(deps, "honest", detailsOf("Honest"));
  await setPartnerWebhook(deps, { partner: "honest", url: "https://honest.example/hook" });
  const writeMail = () =>
    deps.store.write((tx) =>
      enqueueMail(tx, deps, {
        kind: "test",
        to: email,
        letter: {
          subject: "Hello",
          paragraphs: [`To ${email}`],
          language: { tag: "en", direction: "ltr" },
        },
        once: "jane",
      }),
    );
  await writeMail();
  await deps.store.write(async (tx) => {
    const recipient_hash = deps.hashes.email(email);
    await noteBounce(tx, { recipient_hash, bounced_at: deps.clock(), problem: "RCPT TO: answer 550" });
    await startSession(tx, deps, { subject: { customer: email }, way: "mail", device: "Firefox" });
    await insertSignIn(tx, {
      browser_hash: "browser",
      link_hash: "link",
      code_hash: "code",
      mail_hash: deps.hashes.email(email),
      mail: Buffer.from("sealed"),
      audience: "customer",
      destination: null,
      tries: 0,
      begun_at: deps.clock(),
      expires_at: deps.clock(),
      used_at: null,
    });
  });
  return Object.assign(world, {
    codes,
    rewardOffer: offer,
    person,
    removed,
    dispute,
    writeMail,
    activate: (serial: string, as?: string) => activate(world, serial, as),
  });
}

async function activate({ app }: Awaited<ReturnType<typeof openAttack>>, serial: string, licence?: string) {
  const body = JSON.stringify({
    product: "acme-paint",
    serial,
    ...(licence === undefined ? {} : { licence }),
  });
  const headers = { "content-type": "application/json" };
  const response = await app.request("/v1/registrations", { method: "POST", headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Every row of every table, by table, as the engine's own driver gives it. */
export async function everyRow(world: Awaited<ReturnType<typeof openAttack>>) {
  const { cold } = world.deps.store;
  const tables = await cold.introspection.getTables();
  const rows = new Map<string, Record<string, unknown>[]>();
  for (const { name } of tables)
    rows.set(
      name,
      await cold
        .selectFrom(name as "orders")
        .selectAll()
        .execute(),
    );
  return { tables, rows };
}
