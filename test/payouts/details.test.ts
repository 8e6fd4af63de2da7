import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { listOutbox, showOutboxMessage } from "../../server/src/outbox/outbox.ts";
import { readDetails, setDetails, showDetails } from "../../server/src/partner-details/details.ts";
import { query } from "../../server/src/store/query.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { openJourney } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { detailsOf, ibans } from "./payout-details.ts";

const secrets = ["DE89370400440532013000", "0532013000", "DE123456789", "ann@north.example"];

onEveryEngine("a partner's details", (bench) => {
  it("are kept sealed, shown by their last four characters, and told whole to no log and no answer", async () => {
    const journey = await openJourney(bench);
    const { deps } = journey;
    await journey.partnerWithToken("north");
    const set = await journey.admin("PUT", "/v1/partners/north/details", detailsOf("North"));
    expect(set).toMatchObject({
      status: 200,
      body: {
        version: 1,
        legalName: "North",
        tax: { vatId: "…6789" },
        accounts: [{ kind: "iban", account: "DE…3000" }],
        email: "a…@north.example",
        payoutsHeldUntil: null,
      },
    });
    const shown = await journey.admin("GET", "/v1/partners/north/details");
    const past = await journey.admin("GET", "/v1/partners/north/details/history");
    const rows = await deps.store.read((tx) =>
      tx.all(
        query<object>()((db) => db.selectFrom("partner_details").selectAll()),
        {},
      ),
    );
    const kept = rows.map(({ sealed }) => Buffer.from(sealed).toString("latin1")).join();
    const audit = await listAudit(deps, { subject: "north" });
    expect(audit.entries).toContainEqual(expect.objectContaining({ actor: "key:admin" }));
    const told = JSON.stringify([set, shown, past, kept, audit, journey.logged("audit.recorded")]);
    for (const secret of secrets) expect(told).not.toContain(secret);
    const whole = await deps.store.read((tx) =>
      readDetails(tx, deps.hashes, as.partner("north"), deps.clock()),
    );
    expect(JSON.stringify(whole)).toContain(secrets[0]);
  });

  it("stand for their time, and other accounts hold payouts for the configured days and are told", async () => {
    const journey = await openJourney(bench, { payouts: { changedDetailsDays: 7 } });
    const { deps } = journey;
    await journey.partnerWithToken("north");
    await setPartnerWebhook(deps, { partner: "north", url: "https://hooks.north.example/in" });
    const start = deps.clock();
    await setDetails(deps, "north", detailsOf("North"));
    journey.pass(1);
    const moved = { ...detailsOf("North"), address: { town: "Bremen", country: "DE" } };
    expect(await setDetails(deps, "north", moved)).toMatchObject({ version: 2, payoutsHeldUntil: null });
    expect(await setDetails(deps, "north", moved)).toMatchObject({ version: 2 });
    journey.pass(1);
    const other = { ...moved, accounts: [{ kind: "iban", name: "North", iban: ibans[1] }] };
    const until = addDays(deps.clock(), 7);
    expect(await setDetails(deps, "north", other)).toMatchObject({
      version: 3,
      payoutsHeldUntil: new Date(until).toISOString(),
    });
    // The wait is not shortened by going back.
    journey.pass(1);
    expect((await setDetails(deps, "north", moved)).payoutsHeldUntil).toBe(
      new Date(addDays(until, 1)).toISOString(),
    );
    expect((await showDetails(deps, "north", { at: start })).address.town).toBe("Hamburg");
    const { messages } = await listOutbox(deps);
    expect(messages.map(({ kind, seq }) => ({ kind, seq }))).toEqual(
      [4, 3, 2, 1].map((seq) => ({ kind: "notice", seq })),
    );
    const { facts } = await showOutboxMessage(deps, messages[1]?.id ?? "");
    expect(facts.notice).toEqual({
      type: "details.changed",
      data: { accountsChanged: true, payoutsHeldUntil: new Date(until).toISOString() },
    });
  });

  it("are a partner's own by its key, and a wrong document is refused without its values", async () => {
    const journey = await openJourney(bench);
    const { deps, app } = journey;
    await journey.partnerWithToken("north");
    await journey.partnerWithToken("south");
    await setDetails(deps, "south", detailsOf("South"));
    const { key } = await issuePartnerKey(deps, { partner: "north" });
    const ask = async (method: string, body?: unknown) => {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await app.request("/v1/partner/details", { method, headers, ...sent });
      return { status: response.status, text: await response.text() };
    };
    expect((await ask("GET")).status).toBe(404);
    const account = { kind: "iban", name: "North", iban: "DE89370400440532013001" };
    const wrong: [object, RegExp][] = [
      [{ accounts: [account] }, /accounts\.0\.iban: expected an IBAN/],
      [{ accounts: [{ ...account, iban: ibans[1], name: "株式会社" }] }, /accounts\.0\.name/],
      [
        {
          accounts: [
            { ...account, iban: ibans[1] },
            { ...account, iban: ibans[1] },
          ],
        },
        /one account for each/,
      ],
      [{ address: { town: "Hamburg", country: "XX" } }, /address\.country/],
      [{ legalName: "A\u0000B" }, /legalName/],
      [{ extra: 1 }, /./],
    ];
    for (const [members, pattern] of wrong) {
      const { status, text } = await ask("PUT", { ...detailsOf("North"), ...members });
      expect({ members, status }).toEqual({ members, status: 400 });
      expect(text).toMatch(pattern);
      expect(text).not.toContain("DE8937040044053201300");
    }
    expect((await ask("PUT", detailsOf("North"))).status).toBe(200);
    expect(JSON.parse((await ask("GET")).text)).toMatchObject({ partner: "north", legalName: "North" });
  });
});
