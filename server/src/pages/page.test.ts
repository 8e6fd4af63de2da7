import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { prefersHtml } from "./accept.ts";
import { choice, textField } from "./form.ts";
import { html, late, trusted } from "./html.ts";
import { messagePage } from "./message.ts";
import { cardPage, skeleton } from "./page.ts";
import { table } from "./table.ts";

const brand = { name: "Acme" };

describe("a person's browser is told apart by Accept", () => {
  test.each([
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true],
    ["text/html", true],
    ["text/html;q=0.5, application/json", false],
    ["application/json, text/html", true],
    ["text/html;q=0", false],
    ["text/html;q=nonsense", false],
    ["*/*", false],
    ["application/problem+json", false],
    ["", false],
    [undefined, false],
  ])("%j: %j", (accept, expected) => {
    expect(prefersHtml(accept)).toBe(expected);
  });
});

describe("a template", () => {
  test("takes values as text, markup as markup, lists one after another, and leaves out what is not there", () => {
    const part = html`<b>${"<i>"}</b>`;
    expect(String(html`${part}${[html`<u></u>`, 7]}${undefined}${false}"${`"'&`}"`)).toBe(
      `<b>&lt;i&gt;</b><u></u>7"&quot;&#39;&amp;"`,
    );
  });

  test("holds places for what is looked up, wherever they stand, and says what there is without", () => {
    const name = (id: string) => late(id, (found) => html`<a href="/${id}">${found ?? "?"}</a>`);
    const list = html`<ul>${["n", "s&"].map((id) => html`<li>${name(id)}, ${1}${"<"}</li>`)}</ul>${name("n")}`;
    expect(list.lateKeys).toEqual(["n", "s&", "n"]);
    expect(String(list)).toBe(
      '<ul><li><a href="/n">?</a>, 1&lt;</li><li><a href="/s&amp;">?</a>, 1&lt;</li></ul><a href="/n">?</a>',
    );
    const known = html`${list.with(new Map([["n", "<North>"]]))}`;
    expect(String(known)).toContain(
      '<li><a href="/n">&lt;North&gt;</a>, 1&lt;</li><li><a href="/s&amp;">?</a>',
    );
    expect(known.lateKeys).toEqual([]);
  });

  test("takes markup from nobody but this program's own drawings", () => {
    expect(String(html`${trusted("<svg></svg>")}${"<svg>"}`)).toBe("<svg></svg>&lt;svg&gt;");
  });
});

describe("a page", () => {
  const hostile = `</title></style><script>alert(1)</script>"'`;

  test("holds what others wrote as text, wherever it stands", () => {
    const all = [
      messagePage({ name: hostile, supportAddress: hostile }, { title: hostile, text: [hostile] }).html,
      String(
        textField({
          name: "a",
          label: hostile,
          value: hostile,
          problem: hostile,
          input: { pattern: hostile },
        }),
      ),
      String(choice({ name: "a", value: hostile, text: hostile, isTicked: true, problem: hostile })),
      String(table({ caption: hostile, columns: [hostile], rows: [[hostile, hostile]] })),
      skeleton({ brand: { name: hostile }, title: hostile, style: "", isFile: true }).head,
    ];
    for (const one of all) {
      expect(one).not.toContain("<script>");
      expect(one).not.toContain(`"'`);
    }
  });

  test("allows its own style and script by their hashes, and nothing else", () => {
    const { html: text, headers } = cardPage({
      brand,
      title: "T",
      content: html``,
      style: "b { color: red; }",
      script: `document.title = "x";`,
      sendsTo: "here",
    });
    const hash = (tag: string) => {
      const source = new RegExp(`<${tag}>([^]*)</${tag}>`).exec(text)?.[1] ?? "";
      return `'sha256-${createHash("sha256").update(source).digest("base64")}'`;
    };
    expect(headers["content-security-policy"]).toBe(
      `default-src 'none'; style-src ${hash("style")}; script-src ${hash("script")}; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
  });

  test("runs nothing and sends nothing unless it says so", () => {
    const { headers } = messagePage(brand, { title: "T", text: ["x"] });
    expect(headers["content-security-policy"]).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(headers["referrer-policy"]).toBe("no-referrer");
  });

  test("says its language and the way it is read", () => {
    const language = { tag: "ar", direction: "rtl" } as const;
    expect(cardPage({ brand, title: "T", content: html``, language }).html).toContain(
      `<html lang="ar" dir="rtl">`,
    );
  });

  test("stands in the vendor's name, with its support address when there is one", () => {
    const page = (supportAddress?: string) =>
      messagePage({ name: "Acme", ...(supportAddress ? { supportAddress } : {}) }, { title: "T", text: [] })
        .html;
    expect(page()).toContain("<title>T – Acme</title>");
    expect(page()).not.toContain("mailto:");
    expect(page("help@acme.example")).toContain(`<a href="mailto:help@acme.example">help@acme.example</a>`);
  });
});
