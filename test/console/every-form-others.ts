import { expect } from "vitest";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { listKeys } from "../../server/src/keys/signing-keys.ts";
import { claimMail, noteMail } from "../../server/src/mail/rows/mails.ts";
import { tellNotices } from "../../server/src/mail/tell-notices.ts";
import { listOutbox } from "../../server/src/outbox/outbox.ts";
import { findNextDue } from "../../server/src/outbox/rows/work.ts";
import { openSender } from "../../server/src/outbox/start-outbox.ts";
import { startOutboxWorker } from "../../server/src/outbox/worker.ts";
import { addPerson, listPeople } from "../../server/src/people/people.ts";
import { registerEmails } from "../../server/src/registered-emails/register-emails.ts";
import { addDays, isoTime } from "../../server/src/words/clock.ts";
import { signedIn } from "../access/access-world.ts";
import { ownDelivery } from "../shops/deliveries.ts";
import { openShopApis } from "../shops/shop-apis.ts";
import { until } from "../until.ts";
import { idOf, inTwoSteps, textOf, upload } from "./console-forms.ts";
import { done, type FormWorld, fieldIn, seen, workDone } from "./every-form-world.ts";

/** What keeps the receiver running. */
export async function running(world: FormWorld): Promise<void> {
  const { deps, listener } = world;
  const owner = await world.again("owner");
  await workDone(world, await done(owner, "/console/work/verify"));
  await workDone(world, await done(owner, "/console/work/verify-statements", { step: "do" }));
  const checked = await textOf(done(owner, "/console/shops/own/check"));
  // All there is to say is that the story's clock is not this machine's.
  expect(seen(checked)).toContain("Set both clocks by NTP");
  const event = {
    type: "purchase.completed",
    timestamp: isoTime(world.deps.clock()),
    data: purchase(world, "R-1"),
  };
  const delivery = ownDelivery(event, { timestamp: Math.floor(world.deps.clock() / 1000), id: "msg_r1" });
  const line = {
    shop: "own",
    headers: Object.fromEntries(new Headers(delivery.headers)),
    body: String(delivery.body),
  };
  const file = (name: string, one: object) => ({ name, text: `${JSON.stringify(one)}\n` });
  await workDone(world, await upload(owner, "/console/shops/replay", {}, file("kept.ndjson", line)), {
    recorded: 1,
    problems: [],
  });
  expect((await world.explain("R-1", "own")).order).toBe("R-1");
  const believed = { ...line, headers: {}, body: line.body.replaceAll("R-1", "R-2") };
  await workDone(
    world,
    await upload(owner, "/console/shops/replay-trusted", { shop: "own" }, file("x", believed)),
  );
  expect((await world.explain("R-2", "own")).order).toBe("R-2");
  const api = openShopApis(["https://api.polar.sh"], () => ({ body: { items: [] } }));
  try {
    const since = isoTime(addDays(world.deps.clock(), -7)).slice(0, 10);
    await workDone(world, await done(owner, "/console/shops/polar/reconcile", { since }));
    expect(api.asked.length).toBeGreaterThan(0);
  } finally {
    await api.close();
  }
  await inTwoSteps(owner, "/console/keys/rotate");
  const [key] = (await listKeys(deps)).filter(({ status }) => status !== "active");
  await inTwoSteps(owner, "/console/keys/revoke", { key: key?.kid ?? "" });
  await done(owner, "/console/mail/test", { to: "ann@acme.example" });
  await tellNotices(deps);
  const mail = await giveMailUp(world);
  await done(owner, "/console/mail/retry", { mail });
  listener.answer(() => ({ status: 410 }));
  await sendOutbox(world);
  const [failed] = (await listOutbox(deps, { state: "failed" })).messages;
  await done(owner, `/console/outbox/${failed?.id}/replay`);
  await inTwoSteps(owner, `/console/outbox/${failed?.id}/drop`, { note: "Told by phone" });
  await inTwoSteps(owner, "/console/partners/north/webhook/remove");
  await done(owner, "/console/people/add", { mail: "new@acme.example", role: "auditor" });
  const added = (await listPeople(deps, {})).people.find(
    ({ mail: address }) => address === "new@acme.example",
  );
  await inTwoSteps(owner, "/console/people/remove", { person: added?.id ?? "" });
}

const purchase = (world: FormWorld, order: string) => ({
  order,
  product: "acme-paint",
  lines: [{ product: "acme-paint", quantity: 1, netMinor: 10_000, taxMinor: 1_900 }],
  currency: "EUR",
  paidAt: isoTime(world.deps.clock()),
});

/** A mail that a server refused for good. */
async function giveMailUp({ deps }: FormWorld): Promise<string> {
  return deps.store.write(async (tx) => {
    const now = deps.clock();
    const [claimed] = await claimMail(tx, { now, until: addDays(now, 1), lease: "test", limit: 1 });
    const settled = { due_at: null, problem: "no such mailbox", settled_at: now };
    await noteMail(tx, { id: claimed?.id ?? "", lease: "test", state: "failed", ...settled });
    return claimed?.id ?? "";
  });
}

async function sendOutbox({ deps }: FormWorld): Promise<void> {
  const isDue = async () =>
    ((await deps.store.read(findNextDue)) ?? Number.POSITIVE_INFINITY) <= deps.clock();
  const worker = startOutboxWorker(deps, {
    workers: 4,
    perDestination: 4,
    networks: new Map(),
    sender: openSender(deps.config),
    pollMilliseconds: 20,
    chance: () => 0.5,
  });
  await until(async () => !(await isDue()));
  await worker.stop(300_000);
}

/** What a partner does in its portal. */
export async function thePortal(world: FormWorld): Promise<void> {
  const owner = await world.partnerPerson("owner");
  await world.sell({ order: "S-1", coupon: "SOUTH10" });
  await done(owner, "/portal/deals", { customer: "tulip.example" });
  const opened = await done(owner, "/portal/disputes", { number: "S-1", text: "We sold it." });
  await done(owner, `/portal/disputes/${idOf(opened)}/messages`, { text: "The invoice follows." });
  await adjust(world.deps, {
    partner: "north",
    amountMinor: 500,
    currency: "EUR",
    kind: "bonus",
    reference: "T-9",
    note: "For the fair",
  });
  world.pass(31);
  const closed = await inTwoSteps(await world.again("finance"), "/console/statements/close", {
    period: "2027-02",
  });
  expect(closed).toContain("done=statements");
  const reader = await signedIn(world, { person: owner.id });
  const numberIn = (page: string) => /\/portal\/statements\/(SB[^"?/]+)/.exec(page)?.[1] ?? "";
  const path = `/portal/statements/${numberIn(await textOf(reader.get("/portal/statements")))}`;
  await done(reader, `${path}/contest`, { note: "One is missing" });
  await done(reader, `${path}/accept`);
  await done(reader, "/portal/details/edit", {
    legalName: "North GmbH",
    street: "Hafenstraße",
    town: "Hamburg",
    country: "DE",
    treatment: "domestic",
  });
  await done(reader, "/portal/connections", { do: "set", url: "https://north.example/hook" });
  await inTwoSteps(reader, "/portal/connections", { do: "remove" });
  await done(reader, "/portal/settings", { language: "de", digest: "daily" });
  await done(reader, "/portal/settings/people", { mail: "zoe@north.example", role: "viewer" });
  const { people } = await listPeople(world.deps, { partner: "north" });
  const zoe = people.find(({ mail }) => mail === "zoe@north.example")?.id ?? "";
  const removed = await reader.post("/portal/settings/people/remove", { person: zoe });
  expect(await removed.text()).toContain('name="step" value="do"');
  await done(reader, "/portal/settings/people/remove", { person: zoe, step: "do" });
  expect((await listPeople(world.deps, { partner: "north" })).people).toHaveLength(1);
}

/** What a customer does on her page. */
export async function theCustomersPage(world: FormWorld): Promise<void> {
  const { deps, sell } = world;
  const mail = "ann@customers.example";
  await sell({ order: "L-1", coupon: "SOUTH10", email: mail, licence: "LICENCE-L1" });
  const consent = { version: "1", wording: "Yes.", at: deps.clock() };
  await registerEmails(deps, { partner: "south", origin: "api", unlimited: true }, [
    { row: 1, email: mail, consent },
  ]);
  const ann = await signedIn(world, { customer: mail });
  const page = await textOf(ann.get("/account"));
  await done(ann, "/account/mandates", {
    licence: fieldIn(page, "licence"),
    partner: fieldIn(page, "partner"),
  });
  const mandate = fieldIn(await textOf(ann.get("/account")), "mandate");
  await done(ann, "/account/mandates/end", { mandate });
  await inTwoSteps(ann, "/account/withdraw", { partner: "south" });
  await inTwoSteps(ann, "/account/erase");
  await done(ann, "/sign-in/out");
}

/** What everybody does with her own sign-ins. */
export async function signIns(world: FormWorld): Promise<void> {
  const owner = await world.again("owner");
  await done(owner, "/sign-in/language", { language: "de" });
  const other = await world.again("owner");
  const sessions = await textOf(owner.get("/sign-in/sessions"));
  const session = fieldIn(sessions.slice(sessions.indexOf("/sign-in/sessions/end")), "session");
  await done(owner, "/sign-in/sessions/end", { session });
  const mail = "owner@north.example";
  const { id } = await addPerson(world.deps, { mail, role: "auditor", addedBy: "cli:test" });
  const both = await signedIn(world, { person: id });
  const person = fieldIn(await textOf(both.get("/sign-in/sessions")), "person");
  await done(both, "/sign-in/switch", { person });
  await done(await world.again("owner"), "/sign-in/sessions/end-all");
  expect((await other.get("/console")).status).toBe(303);
}
