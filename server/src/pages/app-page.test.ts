import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { addressOf, addressWith, pathOf } from "./address.ts";
import { appPage, speakKit, wantedLanguages } from "./app-page.ts";
import { appStyle } from "./app-style.ts";
import { assetsOf, logoBytesAtMost } from "./assets.ts";
import { barChart, sparkline } from "./charts.ts";
import { contrastOf } from "./colour.ts";
import { html } from "./html.ts";
import { type ListColumn, listing, listingCsv, sortRows } from "./listing.ts";
import { badge, card, emptyState, facts, notice, tiles } from "./parts.ts";

const kit = await speakKit(["en"]);
const hostile = `</title><script>alert(1)</script>"'`;

const page = (parts: Partial<Parameters<typeof appPage>[0]> = {}) =>
  appPage({
    brand: { name: "Acme" },
    kit,
    title: "Orders",
    navigation: [{ links: [{ label: "Orders", address: "/o", isCurrent: true, count: 3 }] }],
    content: html`<p>x</p>`,
    ...parts,
  });

function fileOf(name: string, content: Uint8Array | string): string {
  const folder = mkdtempSync(join(tmpdir(), "tallystick-logo-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe("a signed-in page", () => {
  test("names the file of its style by what is in it, and allows nothing that is not the receiver's", () => {
    const { html: text, headers } = page();
    expect(text).toMatch(/<link rel="stylesheet" href="\/assets\/[\w-]{16}\.css">/);
    expect(text).not.toMatch(/<style|<script| style=/);
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  test("says where one is, and has a way past the navigation", () => {
    const { html: text } = page();
    expect(text).toContain(`<a class="skip" href="#content">`);
    expect(text).toContain(`<a href="/o" aria-current="page">Orders <span class="count">3</span></a>`);
  });

  test("is read in the direction of its language", async () => {
    expect(page({ kit: await speakKit(["ar"]) }).html).toContain(`<html lang="ar" dir="rtl">`);
    expect(page({ kit: await speakKit(["tlh"]) }).html).toContain(`<html lang="en" dir="ltr">`);
  });

  test.each([
    [undefined, "de", "ar,en", ["de", "ar", "en"]],
    [undefined, null, undefined, []],
    [["de", "en"], "ar", "ar,en-GB;q=0.1", ["en-GB", "de"]],
    [["ar"], "de", "en", ["ar"]],
  ])("offers of %j, chosen %s and asked for %s: %j", (languages, chosen, header, expected) => {
    const brand = { name: "Acme", ...(languages === undefined ? {} : { languages }) };
    expect(wantedLanguages(brand, { chosen, header })).toEqual(expected);
  });

  test("holds what others wrote as text, wherever it stands", () => {
    const columns: ListColumn<string>[] = [{ heading: hostile, cell: (row) => row }];
    const address = addressOf(`http://h/p?q=${encodeURIComponent(hostile)}`);
    const all = [
      page({
        brand: { name: hostile, supportAddress: hostile },
        title: hostile,
        lead: hostile,
        person: { name: hostile, signOut: { address: hostile, fields: { a: hostile } } },
        search: { address: hostile, value: hostile },
        navigation: [{ title: hostile, links: [{ label: hostile, address: hostile, isCurrent: false }] }],
      }).html,
      listing({
        kit,
        caption: hostile,
        columns,
        rows: [hostile],
        address,
        empty: { title: "" },
        next: hostile,
      }),
      listing({
        kit,
        caption: hostile,
        columns,
        rows: [],
        address: addressOf("http://h/p"),
        filters: [{ name: "q", label: hostile, options: [[hostile, hostile]] }],
        empty: { title: hostile, text: hostile },
      }),
      badge(hostile),
      card({ title: hostile, lead: hostile, content: hostile, link: { label: hostile, address: hostile } }),
      emptyState(hostile, hostile),
      facts([[hostile, hostile]]),
      notice(hostile, "bad", hostile),
      tiles([{ label: hostile, figures: [hostile], why: hostile }]),
      barChart({
        kit,
        caption: hostile,
        period: hostile,
        parts: [hostile, hostile],
        columns: [{ label: hostile, short: hostile, values: [1, 2] }],
        format: () => hostile,
      }),
      sparkline([1, 2], hostile),
    ];
    for (const one of all) {
      expect(String(one)).not.toContain("<script>");
      expect(String(one)).not.toContain(`"'`);
    }
  });

  test("is small with its style", () => {
    const bytes = gzipSync(page().html).length + gzipSync(appStyle({})).length;
    expect(bytes).toBeLessThan(12_000);
  });
});

describe("the vendor's logo", () => {
  test("stands for its name, and its address says what is in the file", () => {
    const logo = fileOf("logo.svg", `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>`);
    const brand = { name: "Acme", logo };
    expect(assetsOf(brand).logo?.mediaType).toBe("image/svg+xml");
    expect(page({ brand }).html).toMatch(/<img src="\/assets\/[\w-]{16}\.svg" alt="Acme" height="28">/);
  });

  test.each([
    ["logo.png", "<svg/>".padStart(logoBytesAtMost + 1), /more than/],
    ["logo.svg", "<html><script>", /neither/],
    ["logo.png", "GIF89a", /neither/],
    // Comments that could be read in more ways than one would be, all of them.
    ["logo.svg", `${"<!-- -->".repeat(200)}<html>`, /neither/],
  ])("is refused: %s", (name, content, reason) => {
    expect(() => assetsOf({ name: "Acme", logo: fileOf(name, content) })).toThrow(reason);
    expect(() => assetsOf({ name: "Acme", logo: "/nowhere/logo.svg" })).toThrow(/cannot read/);
  });
});

describe("the colours of figures", () => {
  /** `--name: #rrggbb` of a scheme: the first block is light, the second dark. */
  const colour = (name: string, at: number) =>
    [...appStyle({}).matchAll(new RegExp(`--${name}: (#[0-9a-f]{6})`, "g"))][at]?.[1] ?? "";

  test.each([0, 1])("can be told from the card, scheme %i", (scheme) => {
    const card = colour("card", scheme);
    for (const name of ["s2", "s3", "s4"]) expect(contrastOf(colour(name, scheme), card)).toBeGreaterThan(3);
    for (const name of ["good", "warn"])
      for (const ground of ["card", "paper", "tint"])
        expect(contrastOf(colour(name, scheme), colour(ground, scheme))).toBeGreaterThan(4.5);
    for (const name of ["ink", "soft"])
      expect(contrastOf(colour(name, scheme), colour("tint", scheme))).toBeGreaterThan(4.5);
  });
});

describe("a list", () => {
  const columns: ListColumn<{ id: string; sum: number }>[] = [
    { heading: "Id", cell: ({ id }) => html`<b>${id}</b>`, text: ({ id }) => id, sort: "id" },
    { heading: "Sum", cell: ({ sum }) => sum, text: ({ sum }) => sum, sort: "sum", isFigure: true },
  ];
  const rows = [
    { id: "b", sum: 10 },
    { id: "a", sum: 9 },
  ];
  const ids = (query: string) =>
    sortRows(rows, columns, addressOf(`http://h/p?${query}`)).map(({ id }) => id);

  test("is sorted as its address says, figures as figures", () => {
    expect([ids(""), ids("sort=id"), ids("sort=-id"), ids("sort=sum"), ids("sort=nothing")]).toEqual([
      ["b", "a"],
      ["a", "b"],
      ["b", "a"],
      ["a", "b"],
      ["b", "a"],
    ]);
  });

  test("says how it is sorted, and keeps its filters when it is sorted otherwise or goes on", () => {
    const address = addressOf("http://h/p?q=x&sort=-sum&after=7&empty=");
    const text = String(
      listing({ kit, caption: "C", columns, rows, address, next: "8", exports: true, empty: { title: "E" } }),
    );
    expect(text).toContain(`class="num" aria-sort="descending"><a href="/p?q=x&amp;sort=sum"`);
    expect(text).toContain(`href="/p?q=x&amp;sort=-sum&amp;after=8"`);
    expect(text).toContain(`href="/p?q=x&amp;sort=-sum"`);
    expect(text).toContain("format=csv");
  });

  test("says why it is empty", () => {
    const empty = (query: string) =>
      String(
        listing({
          kit,
          caption: "C",
          columns,
          rows: [],
          address: addressOf(`http://h/p?${query}`),
          empty: { title: "No orders yet" },
        }),
      );
    expect(empty("")).toContain("No orders yet");
    expect(empty("q=x")).toContain("Nothing fits these filters");
  });

  test("is exported as it is seen, and nothing in it is a formula to a spreadsheet", () => {
    const text = listingCsv({
      columns: [{ heading: `He said "x"`, cell: (row: string) => row }],
      rows: ["=1+1", "@x", "-5", "-5.20", "a,b", "+49"],
    });
    expect(text).toBe(`"He said ""x"""\r\n'=1+1\r\n'@x\r\n-5\r\n-5.20\r\n"a,b"\r\n+49\r\n`);
  });
});

describe("an address", () => {
  test("is changed in one parameter, and escapes what shops call their orders", () => {
    expect(addressWith(addressOf("http://h/p?a=1&b=2"), { a: undefined, c: "ä&" })).toBe(
      "/p?b=2&c=%C3%A4%26",
    );
    expect(pathOf("console", "orders", "own", "A/1?#")).toBe("/console/orders/own/A%2F1%3F%23");
  });
});

describe("a chart", () => {
  const chart = String(
    barChart({
      kit,
      caption: "Orders by day",
      period: "Day",
      parts: ["credited", "held"],
      columns: [
        { label: "1 Nov", short: "1", values: [3, 1] },
        { label: "2 Nov", short: "", values: [0, 0] },
      ],
      format: String,
    }),
  );

  test("has all its figures in a table, and a name for those who do not see it", () => {
    expect(chart).toContain(`role="img" aria-label="Orders by day"`);
    expect(chart).toContain(`<th scope="row">1 Nov</th><td>3</td><td>1</td>`);
    expect(chart).toContain(`<th scope="row">2 Nov</th><td>0</td><td>0</td>`);
  });

  test.each([
    [[0, 0], ["0"]],
    [
      [1, 0],
      ["0", "1"],
    ],
    [
      [3, 1],
      ["0", "1", "2", "3"],
    ],
    [
      [12_345, 0],
      ["0", "5000", "10000", "15000"],
    ],
  ])("of %j has whole numbers at its axis alone", (values, ticks) => {
    const columns = values.map((value) => ({ label: "a day", short: "", values: [value] }));
    const drawn = String(
      barChart({ kit, caption: "x", period: "Day", parts: ["orders"], columns, format: String }),
    );
    expect([...drawn.matchAll(/text-anchor="end">([^<]*)</g)].map(([, text]) => text)).toEqual(ticks);
  });

  test("draws a column for each value that is more than nothing", () => {
    const drawn = chart.slice(chart.indexOf(`role="img"`), chart.indexOf("<details>"));
    expect(drawn.match(/<rect /g)).toHaveLength(2);
    expect(drawn).not.toContain("NaN");
    expect(String(sparkline([], "x"))).not.toContain("NaN");
  });
});
