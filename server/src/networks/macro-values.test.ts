import { describe, expect, it } from "vitest";
import { message } from "../../../test/networks/network-fixtures.ts";
import { messageMacros } from "../config/network-template.ts";
import { as } from "../words/ids.ts";
import { macroValues } from "./macro-values.ts";

describe("the values of macros", () => {
  it.each([
    ["EUR", 4_905, "49.05", "4905", "4905"],
    ["JPY", 4_905, "4905", "4905", "490500"],
    ["KWD", 4_905, "4.905", "4905", "491"],
    ["KWD", -4_905, "-4.905", "-4905", "-491"],
    ["CLF", 12_345, "1.2345", "12345", "123"],
    ["USD", 0, "0.00", "0", "0"],
    ["USD", 9_007_199_254_740_991, "90071992547409.91", "9007199254740991", "9007199254740991"],
  ])("are exact amounts: %s %d", (currency, minor, major, minorText, hundredths) => {
    const facts = { currency: as.currency(currency), remainingNetMinor: minor };
    const values = macroValues(message("convert", facts), {}, {});
    expect(["amount", "amount.minor", "amount.hundredths"].map((name) => values.get(name))).toEqual([
      major,
      minorText,
      hundredths,
    ]);
  });

  it("name what another partner sold by the receiver's own key alone", () => {
    const own = macroValues(message("convert", { shopOrder: "cs_1" }), {}, {});
    expect([own.get("order"), own.get("shop") === null]).toEqual(["cs_1", false]);
    const above = macroValues(message("convert", { shopOrder: "cs_1", above: true }), {}, {});
    expect(above.get("order")).toBe(above.get("order.key"));
    expect([above.get("shop"), above.get("reference")]).toEqual([null, null]);
    expect(JSON.stringify([...above])).not.toContain("cs_1");
  });

  it("are times in UTC as networks write them", () => {
    const values = macroValues(message("convert", { occurredAt: "2026-01-02T00:30:45.678+02:00" }), {}, {});
    expect([...values].filter(([name]) => name.startsWith("ordered"))).toEqual([
      ["ordered", "2026-01-01T22:30:45.678Z"],
      ["ordered.seconds", "1767306645"],
      ["ordered.local", "2026-01-01T22:30:45"],
      ["ordered.us", "01/01/2026"],
      ["ordered.compact", "20260101_2230"],
    ]);
  });

  it("are there for every macro that a template may name", () => {
    const values = macroValues(message("convert"), { a: "1" }, { id: "2" });
    expect(messageMacros.filter((name) => !values.has(name))).toEqual([]);
    expect([values.get("network.a"), values.get("member.id")]).toEqual(["1", "2"]);
  });
});
