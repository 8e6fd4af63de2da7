import { describe, expect, it } from "vitest";
import { attributes, html, late, marked } from "./html.ts";

describe("markup with a mark", () => {
  const field = html`<input${attributes({ name: "of", list: marked("choices", html`choices`) })}>`;

  it("shows nothing of it", () => {
    expect(String(html`<p>${field}</p>`)).toBe('<p><input name="of" list="choices"></p>');
  });

  it("says so through templates, lists and what is looked up", () => {
    const page = html`<p>${[html`<b>${field}</b>`]}${late("a", (name) => html`${name ?? "?"}`)}</p>`;
    const named = page.with(new Map([["a", "A"]]));
    expect(String(named)).toBe('<p><b><input name="of" list="choices"></b>A</p>');
    expect([page.isMarked("choices"), named.isMarked("choices"), named.lateKeys]).toEqual([true, true, []]);
  });

  it("is not what only reads like it", () => {
    expect(html`<input list="choices">${'list="choices"'}`.isMarked("choices")).toBe(false);
    expect(field.isMarked("others")).toBe(false);
  });
});
