import { describe, expect, it } from "vitest";
import { as } from "../words/ids.ts";
import { checkoutAddress } from "./checkout-address.ts";

const addressOf = (url: string, values: { reference?: string; email?: string; licence?: string } = {}) =>
  checkoutAddress(
    {
      id: as.product("acme-paint"),
      name: "Acme Paint",
      checkout: { shop: as.shop("s"), url },
      installers: [],
      licence: "loose",
    },
    { reference: values.reference ?? "", email: values.email, licence: values.licence },
  );

describe("the checkout's address", () => {
  it("has what is filled in encoded once, whatever stands beside it", () => {
    const values = { reference: "r1", email: "ann+1@b\u00fccher.example", licence: "A B&C" };
    expect(
      addressOf("https://sh\u00f6p.example/k\u00e4uf hier?r={reference}&e={email}&l={licence}", values),
    ).toBe("https://xn--shp-tna.example/k%C3%A4uf%20hier?r=r1&e=ann%2B1%40b%C3%BCcher.example&l=A%20B%26C");
  });

  it.each([
    ["..", "https://shop.example/buy/r1"],
    [".", "https://shop.example/buy/r1"],
    ["", "https://shop.example/buy/r1"],
    ["../admin", "https://shop.example/buy/..%2Fadmin/r1"],
    ["...", "https://shop.example/buy/.../r1"],
    ["%2e%2e", "https://shop.example/buy/%252e%252e/r1"],
  ])("is not climbed by a licence of %j, and has no empty part in its path", (licence, location) => {
    const filled = addressOf("https://shop.example/buy/{licence}/{reference}", { reference: "r1", licence });
    expect(filled).toBe(location);
    expect(new URL(filled).pathname.startsWith("/buy/")).toBe(true);
  });

  it("is not climbed by two parts that are one dot each", () => {
    expect(addressOf("https://shop.example/a/.{licence}/b?{reference}", { licence: "." })).toBe(
      "https://shop.example/a/b?",
    );
  });

  it("stays as the vendor wrote it without a reference", () => {
    expect(addressOf("https://shop.example/buy//x/?r={reference}#top")).toBe(
      "https://shop.example/buy//x/?r=#top",
    );
    expect(addressOf("https://shop.example/{reference}")).toBe("https://shop.example/");
  });
});
