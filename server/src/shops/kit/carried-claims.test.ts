import { describe, expect, it } from "vitest";
import { carriedClaims } from "./carried-claims.ts";

describe("what a checkout carried", () => {
  it.each([
    [{ reference: "r_1", licence: "AAAA", product: "acme-paint" }],
    [{ ref: "r_1", license: " AAAA ", product: "acme-paint" }],
    [{ reference_id: "r_1", licence: "AAAA", product: "acme-paint", campaign: { spring: 1 } }],
  ])("is found in %j", (bag) => {
    expect(carriedClaims(bag)).toEqual({ reference: "r_1", licence: "AAAA", product: "acme-paint" });
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "reference"],
    ["a list", ["reference"]],
    ["numbers", { reference: 7, licence: 7.5, product: 7 }],
    ["objects", { reference: {}, licence: [], product: { toString: "x" } }],
    ["what is inherited", Object.create({ reference: "r_1" })],
    ["what is of no such shape", { reference: "not ours!", licence: "A\u0000", product: "Acme Paint" }],
    ["empty texts", { reference: "", licence: " ", product: "" }],
  ])("is nothing where there is %s", (_, bag) => {
    expect(Object.values(carriedClaims(bag)).filter((value) => value !== undefined)).toEqual([]);
  });

  it("is a licence that is a whole number, as its digits", () => {
    expect(carriedClaims({ license: 4711, licence: null })).toEqual({ licence: "4711" });
  });

  it("comes from the first place that has it", () => {
    const first = { licence: "AAAA" };
    const second = { licence: "BBBB", product: "acme-paint" };
    expect(carriedClaims(undefined, first, second)).toMatchObject({ licence: "AAAA", product: "acme-paint" });
  });
});
