import { describe, expect, test } from "vitest";
import { messagePage, prefersHtml } from "./page.ts";

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

describe("a page with a message", () => {
  test("holds its text as text", () => {
    const page = messagePage({ title: "<b>", text: [`"&'<script>`] });
    expect(page).toContain("<title>&#60;b&#62;</title>");
    expect(page).not.toContain("<script>");
  });
});
