import { describe, expect, it } from "vitest";
import { html } from "./html.ts";
import { table } from "./table.ts";

const amounts = {
  caption: "Movements",
  columns: ["What", ...["Held", "Payable", "Paid"].map((heading) => ({ heading, isFigure: true }))],
  rows: [
    ["Credit", html`<bdi>20.00 EUR</bdi>`, html`<bdi>0.00 EUR</bdi>`, "–"],
    ["Opening", "0.00 EUR", "0.00 EUR", "0.00 EUR"],
  ],
};
const cells = (text: unknown) =>
  [...String(text).matchAll(/<td[^>]*class="([^"]*)"[^>]*>(.*?)<\/td>/g)].map(
    ([, names, value]) => `${names}: ${value}`,
  );

describe("a table that is cards on a phone", () => {
  it("leaves zero amounts and what is empty out of a card, and no cell out of the table", () => {
    const shown = table({ ...amounts, isZero: (row, column) => row === 1 || column === 2 });
    expect(cells(shown)).toEqual([
      "num: <bdi>20.00 EUR</bdi>",
      "num none: <bdi>0.00 EUR</bdi>",
      "num none: –",
      "num none: 0.00 EUR",
      "num none: 0.00 EUR",
      "num none: 0.00 EUR",
    ]);
  });

  it("shows a zero that nobody said stands beside others", () => {
    expect(String(table(amounts)).match(/none/g)).toHaveLength(1);
  });
});
