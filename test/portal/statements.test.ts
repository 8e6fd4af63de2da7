import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { addPerson } from "../../server/src/people/people.ts";
import type { ShownStatement, StatementSummary } from "../../server/src/statements/read-statements.ts";
import type { PartnerRole } from "../../server/src/words/roles.ts";
import { signedIn } from "../access/access-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openStatements } from "../statements/statement-world.ts";
import { read, seen } from "./seen.ts";

/** North with an invoice written in its name that waits, and south with a plain statement; people of both. */
async function openPages(bench: Bench) {
  const world = await openStatements(bench);
  const { deps, journey, selfBilled, sell, correct, numbers } = world;
  await selfBilled({ treatment: "outside_scope", number: "98-7654321" });
  await sell("o1");
  await correct(10_000);
  await correct(5_000, "south");
  const made = await numbers("2026-11");
  const [mine = "", theirs = ""] = made.map((one) => one ?? "").sort((a) => (a.startsWith("SB") ? -1 : 1));
  const as = async (role: PartnerRole, partner = "north") => {
    const mail = `${role}@${partner}.example`;
    const { id } = await addPerson(deps, { mail, role, partner, addedBy: "cli:test" });
    return signedIn({ app: journey.app, deps }, { person: id });
  };
  const { key } = await issuePartnerKey(deps, { partner: "north" });
  const api = async <Told>(path: string) =>
    (await (
      await journey.app.request(`/v1/partner${path}`, { headers: { authorization: `Bearer ${key}` } })
    ).json()) as Told;
  return { ...world, mine, theirs, as, api };
}

const euro = (minor: number) =>
  new Intl.NumberFormat("en", { style: "currency", currency: "EUR" }).format(minor / 100);

onEveryEngine("the portal's statements", (bench) => {
  it("show what the API shows: each number with its sums, movements and reasons", async () => {
    const { mine, as, api } = await openPages(bench);
    const viewer = await as("viewer");
    const { statements } = await api<{ statements: StatementSummary[] }>("/statements");
    expect(statements).toMatchObject([{ number: mine, acceptance: "open" }]);
    const list = seen(await read(viewer.get("/portal/statements", { "accept-language": "en" })));
    for (const text of [
      mine,
      "2026-11",
      "waits for you",
      euro(statements[0]?.closingPayableMinor ?? Number.NaN),
    ])
      expect(list).toContain(text);
    const shown = await api<ShownStatement>(`/statements/${mine}`);
    const page = seen(await read(viewer.get(`/portal/statements/${mine}`, { "accept-language": "en" })));
    const { opening, closing } = shown.document;
    expect(page).toContain(
      `Opening balance ${euro(opening.heldMinor)} ${euro(opening.payableMinor)} ${euro(opening.paidMinor)}`,
    );
    expect(page).toContain(
      `Closing balance ${euro(closing.heldMinor)} ${euro(closing.payableMinor)} ${euro(closing.paidMinor)}`,
    );
    expect(shown.movements.length).toBeGreaterThan(0);
    for (const { heldMinor, payableMinor, paidMinor } of shown.movements)
      expect(page).toContain(`${euro(heldMinor)} ${euro(payableMinor)} ${euro(paidMinor)}`);
    expect(page).toContain("the customer clicked the partner");
    expect(page).toContain("Agreed by mail");
    expect(seen(await read(viewer.get(`/portal/statements/${mine}`, { "accept-language": "de" })))).toContain(
      "wartet auf Sie",
    );
    expect(await read(viewer.get("/portal/statements?after=zzz", { "accept-language": "ar" }))).toContain(
      'dir="rtl"',
    );
  });

  it("have the partner's tax number whole for those who may see its details, and by its end for viewers", async () => {
    const { mine, as } = await openPages(bench);
    const viewer = await as("viewer");
    const ask = (person: typeof viewer, format: string) =>
      read(person.get(`/portal/statements/${mine}/export?format=${format}`));
    for (const format of ["html", "json"]) {
      const seenByViewer = await ask(viewer, format);
      expect(seenByViewer).not.toContain("98-7654321");
      expect(seenByViewer).toContain("…4321");
      expect(seenByViewer).toContain("DE123456789");
    }
    expect(await ask(await as("finance"), "json")).toContain("98-7654321");
    expect(await ask(await as("owner"), "html")).toContain("98-7654321");
  });

  it("hand out each document as a file", async () => {
    const { mine, as } = await openPages(bench);
    const owner = await as("owner");
    for (const [format, start] of [
      ["pdf", "%PDF"],
      ["csv", ""],
      ["html", "<!doctype html>"],
    ] as const) {
      const file = await owner.get(`/portal/statements/${mine}/export?format=${format}`);
      expect(file.headers.get("content-disposition")).toBe(`attachment; filename="${mine}.${format}"`);
      const text = await file.text();
      expect(text.startsWith(start)).toBe(true);
      expect(text.length).toBeGreaterThan(100);
    }
  });

  it("are contested and accepted by an owner or finance, never by a viewer", async () => {
    const { mine, as, api } = await openPages(bench);
    const path = `/portal/statements/${mine}`;
    const acceptance = async () => (await api<ShownStatement>(`/statements/${mine}`)).acceptance;
    const viewer = await as("viewer");
    expect((await viewer.post(`${path}/accept`)).status).toBe(403);
    expect((await viewer.post(`${path}/contest`, { note: "x" })).status).toBe(403);
    expect(await read(viewer.get(path))).not.toContain(`action="${path}`);
    const finance = await as("finance");
    expect((await finance.post(`${path}/contest`, { note: " " })).status).toBe(400);
    expect((await finance.post(`${path}/contest`, { note: "line\nbreak" })).status).toBe(400);
    expect(await acceptance()).toBe("open");
    expect((await finance.post(`${path}/contest`, { note: "o1 is missing" })).headers.get("location")).toBe(
      path,
    );
    expect(await acceptance()).toBe("contested");
    expect(await read(finance.get(path))).not.toContain(`action="${path}/contest"`);
    const owner = await as("owner");
    expect((await owner.post(`${path}/accept`)).status).toBe(303);
    expect(await acceptance()).toBe("accepted");
    expect((await owner.post(`${path}/contest`, { note: "late" })).status).toBe(409);
    expect(await read(owner.get(path))).not.toContain(`action="${path}`);
  });

  it("say of another partner's number what they say of an unknown one", async () => {
    const { deps, mine, theirs, as } = await openPages(bench);
    const owner = await as("owner");
    expect(theirs).toMatch(/^ST-/);
    const answers = async (number: string) => {
      const path = `/portal/statements/${number}`;
      const all = [
        await owner.get(path),
        await owner.get(`${path}/export?format=pdf`),
        await owner.post(`${path}/accept`),
        await owner.post(`${path}/contest`, { note: "x" }),
      ];
      return Promise.all(all.map(async (one) => [one.status, await one.text()] as const));
    };
    const unknown = await answers("ST-2026-99999");
    expect(unknown.map(([status]) => status)).toEqual([404, 404, 404, 404]);
    expect(await answers(theirs)).toEqual(unknown);
    for (const odd of ["%00", "%ff", "a".repeat(65), "%0A"])
      expect((await owner.get(`/portal/statements/${odd}`)).status).toBe(404);
    const answered = await deps.store.cold.selectFrom("statement_answers").selectAll().execute();
    expect(answered).toEqual([]);
    const list = await read((await as("viewer")).get("/portal/statements"));
    expect(list).toContain(mine);
    expect(list).not.toContain(theirs);
  });
});
