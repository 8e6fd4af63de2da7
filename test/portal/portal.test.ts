import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { addPerson, listPeople } from "../../server/src/people/people.ts";
import { updateDigest } from "../../server/src/people/rows/people.ts";
import { noteDigests } from "../../server/src/portal/digests.ts";
import { revokeToken } from "../../server/src/tokens/tokens.ts";
import { addDays } from "../../server/src/words/clock.ts";
import type { PersonId } from "../../server/src/words/ids.ts";
import { signedIn } from "../access/access-world.ts";
import { openChannel } from "../channel/channel-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { read, seen } from "./seen.ts";

/** Two resellers and a distributor with sales, and people of theirs. */
async function openPortal(bench: Bench) {
  const world = await openChannel(bench);
  const { deps, journey } = world;
  const add = async (partner: string, role: string) =>
    (await addPerson(deps, { mail: `${role}@${partner}.example`, role, partner, addedBy: "cli:test" })).id;
  const as = (person: PersonId) => signedIn({ app: journey.app, deps }, { person });
  return { ...world, add, as };
}

onEveryEngine("the portal", (bench) => {
  it("shows on its first screen what the ledger has, with why beside each figure", async () => {
    const { deps, start, sell, refund, add, as } = await openPortal(bench);
    await sell("o1");
    await sell("o2", addDays(start, 1), { licence: "CCCC-DDDD" });
    await refund("o1", 3, { amountMinor: 4_000 });
    const owner = await as(await add("north", "owner"));
    const page = seen(await read(owner.get("/portal", { "accept-language": "en" })));
    const [sums] = await readBalances(deps, { partner: "north" });
    const euro = (minor: number) =>
      new Intl.NumberFormat("en", { style: "currency", currency: "EUR" }).format(minor / 100);
    expect(sums?.heldMinor).toBeGreaterThan(0);
    expect(page).toContain(`Coming ${euro(sums?.heldMinor ?? 0)}`);
    expect(page).toContain(`Earned ${euro((sums?.heldMinor ?? 0) + (sums?.payableMinor ?? 0))}`);
    expect(page).toContain("held until the customer can no longer give it back");
    expect(page).toContain("Your payment details are missing");
    expect(seen(await read(owner.get("/portal", { "accept-language": "de" })))).toContain("Kommt noch");
    expect(await read(owner.get("/portal", { "accept-language": "ar" }))).toContain('dir="rtl"');
  });

  it.each(["none", "transaction", "full"] as const)(
    "shows nothing of another partner's, on no page, whether she has sales or not, sharing %s",
    async (sharing) => {
      const pagesOf = async (otherwise: boolean) => {
        const { deps, journey, start, sell, add, as } = await openPortal(bench);
        await setAgreement(deps, "north", { sharing, since: start });
        await sell("o1");
        if (otherwise) await sell("theirs", addDays(start, 1), { by: "south", licence: "CCCC-DDDD" });
        journey.pass(1);
        const owner = await as(await add("north", "owner"));
        if (otherwise) {
          await add("south", "owner");
          await registerDeal(deps, { partner: "south", customer: "theirs.example" });
        }
        const day = (at: number) => new Date(at).toISOString().slice(0, 10);
        const paths = [
          "",
          "/orders",
          "/orders/stripe/o1",
          "/orders/stripe/theirs",
          "/orders/stripe/nothing",
          "/why?q=theirs",
          "/why?q=nothing",
          "/why?q=CCCC-DDDD",
          `/why?day=${day(start)}`,
          `/why?day=${day(addDays(start, 1))}`,
          "/selling",
          "/deals",
          "/news",
          "/connections",
          "/disputes",
          "/statements",
          "/plan",
          "/payouts",
          "/details",
          "/settings",
        ];
        const pages: [string, number, string][] = [];
        for (const path of paths) {
          const response = await owner.get(`/portal${path}`);
          const text = (await response.text()).replaceAll(
            /"(pe_|se_)[a-z0-9]{25}"|name="form-token" value="[^"]+"|invitation=[^"]+"/g,
            '"…"',
          );
          pages.push([path, response.status, text.replaceAll(/ value="(theirs|nothing)"/g, ' value="…"')]);
        }
        return pages;
      };
      const [alone, beside] = [await pagesOf(false), await pagesOf(true)];
      expect(beside).toEqual(alone);
      const byPath = new Map(alone.map(([path, status, text]) => [path, [status, seen(text)]]));
      expect(byPath.get("/orders/stripe/theirs")).toEqual(byPath.get("/orders/stripe/nothing"));
      expect(byPath.get("/orders/stripe/theirs")?.[0]).toBe(404);
      expect(byPath.get("/why?q=theirs")).toEqual(byPath.get("/why?q=nothing"));
      for (const [path, , text] of beside.filter(([path]) => !path.includes("theirs")))
        expect([path, /south|theirs/i.test(text)]).toEqual([path, false]);
    },
  );

  it("says why an order counts, and for one that does not what of her own was seen", async () => {
    const { deps, journey, start, sell, add, as } = await openPortal(bench);
    await sell("o1");
    await setAgreement(deps, "north", { sharing: "transaction", since: start });
    const owner = await as(await add("north", "owner"));
    const record = seen(await read(owner.get("/portal/orders/stripe/o1")));
    expect(record).toContain("the customer clicked the partner");
    expect(record).toContain("a token in the installed copy");
    expect(seen(await read(owner.get("/portal/why?q=o1")))).toContain("This order counts for you. o1");
    // A token that was revoked: her own evidence, which fell by itself.
    const tokens = await deps.store.cold.selectFrom("tokens").select(["jti", "partner_id"]).execute();
    await revokeToken(deps, tokens.find(({ partner_id }) => partner_id === "north")?.jti ?? "");
    journey.pass(1);
    await sell("late", deps.clock(), { licence: "EEEE-FFFF" });
    const late = seen(await read((await as(await add("north", "finance"))).get("/portal/why?q=late")));
    expect(late).toContain("although something of yours was seen");
    expect(late).toContain("it was revoked");
    await setAgreement(deps, "north", { sharing: "none", since: deps.clock() });
    const viewer = await as(await add("north", "viewer"));
    // By its API she would see the same: her share, without what was bought.
    expect(seen(await read(viewer.get("/portal/why?q=o1")))).toContain("counts for you");
    expect(seen(await read(viewer.get("/portal/orders/stripe/o1")))).not.toContain("Net amount");
    expect(seen(await read(viewer.get("/portal/why?q=late")))).toContain("shares no order numbers");
    expect(await read(viewer.get("/portal/orders"))).not.toContain("o1");
  });

  it("names an order's buyer while everything is shared", async () => {
    const { deps, journey, start, sell, add, as } = await openPortal(bench);
    const [licence, email] = ["CCCC-DDDD", "buyer@works.example"];
    await sell("o1", start, { licence, email });
    await tellCustomers(deps, { by: "vendor" }, [
      { row: 1, email, name: "Ann <b>", product: "acme-paint", licence },
    ]);
    const owner = await as(await add("north", "owner"));
    const order = () => read(owner.get("/portal/orders/stripe/o1", { "accept-language": "en" }));
    for (const sharing of ["none", "transaction"] as const) {
      await setAgreement(deps, "north", { sharing, since: deps.clock() });
      expect(await order()).not.toContain(email);
      journey.pass(1 / 24);
    }
    await setAgreement(deps, "north", { sharing: "full", since: deps.clock() });
    expect(await order()).toContain("<bdi>Ann &lt;b&gt;</bdi> <bdi>buyer@works.example</bdi>");
  });

  it("lets its owner invite and remove people of her own partner alone", async () => {
    const { deps, add, as } = await openPortal(bench);
    const owner = await as(await add("north", "owner"));
    const theirs = await add("south", "owner");
    const mailsOf = async (partner: string) =>
      (await listPeople(deps, { partner })).people.map(({ mail }) => mail);
    await owner.post("/portal/settings/people", {
      mail: "new@north.example",
      role: "finance",
      partner: "south",
    });
    expect(await mailsOf("north")).toEqual(["owner@north.example", "new@north.example"]);
    expect(
      (await owner.post("/portal/settings/people", { mail: "new@north.example", role: "viewer" })).status,
    ).toBe(422);
    expect(
      (await owner.post("/portal/settings/people", { mail: "x@north.example", role: "auditor" })).status,
    ).toBe(422);
    expect((await owner.post("/portal/settings/people/remove", { person: theirs })).status).toBe(404);
    expect(await mailsOf("south")).toEqual(["owner@south.example"]);
    const finance = await as(
      (await listPeople(deps, { partner: "north" })).people[1]?.id ?? ("" as PersonId),
    );
    expect(
      (await finance.post("/portal/settings/people", { mail: "y@north.example", role: "owner" })).status,
    ).toBe(403);
    expect((await finance.post("/portal/settings", { language: "de", digest: "daily" })).status).toBe(303);
    expect(await read(finance.get("/portal/settings"))).toContain("Einstellungen");
  });

  it("notes each summary that is due once", async () => {
    const { deps, journey, sell, add } = await openPortal(bench);
    await sell("o1");
    const daily = await add("north", "owner");
    await add("south", "owner");
    await deps.store.write((tx) => updateDigest(tx, { id: daily, digest: "daily" }));
    expect(await noteDigests(deps)).toBe(1);
    await noteDigests(deps);
    const noted = async () =>
      (await deps.store.cold.selectFrom("notices").selectAll().where("kind", "=", "digest").execute()).length;
    expect(await noted()).toBe(1);
    journey.pass(1);
    await noteDigests(deps);
    expect(await noted()).toBe(2);
  });
});
