import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openStatements } from "./statement-world.ts";

onEveryEngine("statements over the API", (bench) => {
  it("are closed, listed and shown to the vendor, page by page", async () => {
    const { journey, correct } = await openStatements(bench);
    await correct(100);
    await correct(200);
    await correct(300, "south");
    const closed = await journey.admin("POST", "/v1/statements", { period: "2026-11" });
    expect([closed.status, closed.body]).toMatchObject([200, { statements: [{}, {}], left: [] }]);
    const list = await journey.admin("GET", "/v1/statements?limit=1");
    expect(list.body).toMatchObject({ statements: [{ partner: "south" }], next: expect.any(String) });
    const rest = await journey.admin("GET", `/v1/statements?limit=1&after=${list.body.next}`);
    expect(rest.body).toMatchObject({ statements: [{ partner: "north" }], next: null });
    expect((await journey.admin("GET", "/v1/statements?partner=north&period=2026-10")).body).toMatchObject({
      statements: [],
    });
    expect((await journey.admin("GET", "/v1/statements?period=2026-11")).body.statements).toHaveLength(2);
    const first = await journey.admin("GET", "/v1/statements/ST-2026-00001?limit=1");
    expect(first.body).toMatchObject({ movements: [{ line: 1, payableMinor: 100 }], next: "1" });
    const second = await journey.admin("GET", "/v1/statements/ST-2026-00001?after=1");
    expect(second.body).toMatchObject({ movements: [{ line: 2, payableMinor: 200 }], next: null });
    expect((await journey.admin("GET", "/v1/statements/ST-2026-00009")).status).toBe(404);
    expect((await journey.admin("POST", "/v1/statements", { period: "never" })).status).toBe(400);
    expect((await journey.admin("POST", "/v1/statements/ST-2026-00001/accept", {})).body).toMatchObject({
      acceptance: "accepted",
    });
  });

  it("are a partner's own alone, the same as the vendor has them, and another's are not there", async () => {
    const { deps, journey, correct, close } = await openStatements(bench);
    await setAgreement(deps, "north", { language: "fr" });
    await correct(100);
    await correct(300, "south");
    await close("2026-11");
    const { key } = await issuePartnerKey(deps, { partner: "north" });
    const ask = (path: string, headers: Record<string, string> = {}) =>
      journey.app.request(`/v1/partner/statements${path}`, {
        headers: { authorization: `Bearer ${key}`, ...headers },
      });
    const list = await (await ask("")).text();
    expect(JSON.parse(list)).toMatchObject({ statements: [{ number: "ST-2026-00001" }], next: null });
    expect(list).not.toContain("south");
    const shown = await ask("/ST-2026-00001");
    const tag = shown.headers.get("etag") ?? "";
    // The same as the vendor's, but for the numbers in the journal, by which a partner could count what others earn.
    const { movements, ...theirs } = (await journey.admin("GET", "/v1/statements/ST-2026-00001")).body;
    expect(await shown.json()).toEqual({
      ...theirs,
      movements: (movements as object[]).map((line) => ({ ...line, transfer: undefined })),
    });
    for (const line of movements as object[]) expect(line).toHaveProperty("transfer");
    expect((await ask("/ST-2026-00001", { "if-none-match": tag })).status).toBe(304);
    const texts: string[] = [];
    for (const path of ["/ST-2026-00002", "/ST-2026-00099", "/ST-2026-00002/export?format=pdf"]) {
      const response = await ask(path);
      expect(response.status).toBe(404);
      texts.push((await response.text()).replaceAll(/ST-2026-000\d\d/g, "NUMBER"));
    }
    expect(new Set(texts).size).toBe(1);
  });

  it("are downloaded, never shown in the place of a page of ours", async () => {
    const { deps, journey, correct, close } = await openStatements(bench);
    await setAgreement(deps, "north", { language: "fr" });
    await correct(100);
    await close("2026-11");
    const { key } = await issuePartnerKey(deps, { partner: "north" });
    const get = (query: string) =>
      journey.app.request(`/v1/partner/statements/ST-2026-00001/export?${query}`, {
        headers: { authorization: `Bearer ${key}` },
      });
    const pdf = await get("format=pdf");
    expect(pdf.headers.get("content-disposition")).toBe('attachment; filename="ST-2026-00001.pdf"');
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    expect(pdf.headers.get("x-content-type-options")).toBe("nosniff");
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect(await (await get("format=html")).text()).toContain("Relevé");
    expect(await (await get("format=html&language=de")).text()).toContain("Abrechnung");
    expect((await get("format=exe")).status).toBe(400);
  });
});
