import { expect, it } from "vitest";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openEmailWorld } from "./email-world.ts";

const reportOf = (answer: { text: string }) => JSON.parse(answer.text) as Record<string, unknown>;

onEveryEngine("a list of addresses in CSV", (bench) => {
  it.each<[name: string, csv: string]>([
    ["one column without a heading", "a@example.com\nb@example.com\n"],
    ["a heading, CRLF and a byte order mark", "\ufeffemail\r\na@example.com\r\nb@example.com\r\n"],
    ["quoted cells and semicolons", '"E-Mail";"Product"\n"a@example.com";"acme-paint"\n"b@example.com";""\n'],
    [
      "tabs, empty lines and white space",
      "product\temail\n\n\ta@example.com \nacme-paint\tb@example.com\n\n",
    ],
    ["no line's end at the end", "email\na@example.com\nb@example.com"],
    ["line ends of two lists", "email\r\na@example.com\nb@example.com\r"],
    [
      "Excel's line of what divides the cells",
      "sep=;\r\nemail;product\r\na@example.com;\r\nb@example.com;\r\n",
    ],
  ])("takes %s", async (_name, csv) => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    expect(reportOf(await north.upload(csv))).toMatchObject({ received: 2, registered: 2, invalid: [] });
    expect(await world.buy("a@example.com")).toMatchObject({ partner: "north" });
  });

  it("leaves out what is no address, by row, and repeats nothing of it", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    const rows = [
      "email,product,consent_version,consented_at",
      "a@example.com,,,",
      '"=HYPERLINK(""https://evil.example"",""x"")",,,',
      "=1+1@example.com,,,",
      "@example.com,,,",
      "North <b@example.com>,,,",
      '"b@example.com, c@example.com",,,',
      "b@localhost,,,",
      `${"x".repeat(65)}@example.com,,,`,
      "b@exam\u200bple.com,,,",
      "b@example.com,no-such-product,,",
      "b@example.com,,v1,yesterday",
      "b@example.com,,v1,2099-01-01",
      "b@example.com,,v1,2026-02-30",
      "c@example.com,acme-draw,v1,2026-11-01",
    ];
    const answer = await north.upload(rows.join("\n"));
    expect(reportOf(answer)).toEqual({
      status: "registered",
      received: 14,
      registered: 2,
      invalid: [
        ...[3, 4, 5, 6, 7, 8, 9, 10].map((row) => ({ row, reason: "not_an_address" })),
        { row: 11, reason: "product_unknown" },
        { row: 12, reason: "consent_invalid" },
        { row: 13, reason: "consent_invalid" },
        { row: 14, reason: "consent_invalid" },
      ],
    });
    expect(answer.text).not.toMatch(/evil|HYPERLINK/);
    expect(await world.registrations()).toHaveLength(2);
  });

  it("is refused as a whole when it is no list", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    const many = Array.from({ length: 1001 }, (_, index) => `c${index}@example.com`).join("\n");
    const refusals: [string | Uint8Array, number, RegExp][] = [
      ["", 400, /no rows/],
      ["email\n", 400, /no rows/],
      ['email\n"a@example.com\n', 400, /quotation mark/],
      ["email,product,e-mail\na@example.com,,b@example.com\n", 400, /two columns are named email/],
      ["email,colour\na@example.com,red\n", 400, /columns are/],
      ["a@example.com,red\n", 400, /more cells/],
      [new Uint8Array([0x61, 0x40, 0xff, 0xfe]), 400, /not UTF-8/],
      [Buffer.from("email\na@example.com\n", "utf16le"), 400, /not UTF-8/],
      [`${"x".repeat(5000)}@example.com\n`, 400, /longer than 4096/],
      [many, 400, /1000 addresses at most/],
      ["a@example.com\n".repeat(80_000), 413, /./],
    ];
    for (const [csv, status, words] of refusals) {
      const answer = await north.upload(csv);
      expect([answer.status, answer.text.slice(0, 300)]).toEqual([status, expect.stringMatching(words)]);
    }
    expect(await world.registrations()).toEqual([]);
    expect(world.logged("server.failed")).toEqual([]);
  });

  it("is checked and not registered in a dry run", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    const answer = await north.upload("a@example.com\nnobody\n", "?dryRun=true");
    expect(reportOf(answer)).toMatchObject({ received: 2, registered: 1 });
    expect(await world.registrations()).toEqual([]);
  });

  it.each([
    '{"emails":["a@example.com"]}',
    '"a@example.com" x\n',
    'a"b@example.com\n',
    '"a@example.com',
    '""""x',
  ])("are refused when they are quoted wrongly, and neither told nor logged: %s", async (csv) => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    const answer = await north.upload(csv);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain("example.com");
    expect(world.logged("server.failed")).toEqual([]);
  });

  it("may name the product and come in JSON, where unknown members are refused", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    expect((await north.upload("a@example.com\n", "?product=acme-draw")).status).toBe(200);
    expect(await world.registrations()).toMatchObject([{ product: "acme-draw", origin: "api" }]);
    expect((await north.register(["b@example.com"], { partner: "south" })).status).toBe(400);
    expect((await north.register([])).status).toBe(400);
    expect((await north.send("POST", "registered-emails", "a@example.com", "text/plain")).status).toBe(415);
    expect((await north.send("POST", "registered-emails", "", "application/json")).status).toBe(400);
  });
});
