import { describe, expect, test } from "vitest";
import { brandConfig, brandFrom } from "./brand-config.ts";

const issuer = "https://renew.acme.example:8443";
const named = (...names: string[]) => ({ issuer, products: names.map((name) => ({ name })) });

describe("the vendor's name on its pages", () => {
  test.each([
    ["Acme Paint", ["Acme Paint"]],
    ["Acme", ["Acme Paint", "Acme Draw"]],
    ["Acme Paint", ["Acme Paint", "Acme Paint Pro"]],
    ["renew.acme.example:8443", ["Acme Paint", "Other Draw"]],
    ["renew.acme.example:8443", ["Acmeist", "Acme"]],
  ])("is %s for %j", (expected, names) => {
    expect(brandFrom({}, named(...names))).toEqual({ name: expected });
  });

  test("is the one it gives", () => {
    const given = { name: "Acme Ltd", color: "#112233", supportAddress: "help@acme.example" };
    expect(brandFrom(brandConfig.parse(given), named("Acme Paint"))).toEqual(given);
  });

  test("has its colour in either spelling", () => {
    expect(brandFrom(brandConfig.parse({ colour: "#112233" }), named("Acme"))).toEqual({
      name: "Acme",
      color: "#112233",
    });
  });

  test("names its logo from the configuration's folder, and its languages", () => {
    const given = brandConfig.parse({ name: "Acme", logo: "logo.svg", languages: ["de", "en"] });
    expect(brandFrom(given, named("Acme Paint"), (path) => `/etc/acme/${path}`)).toEqual({
      name: "Acme",
      logo: "/etc/acme/logo.svg",
      languages: ["de", "en"],
    });
  });

  test.each([
    { name: "" },
    { name: "a\nb" },
    { color: "red" },
    { color: "#12345" },
    { supportAddress: "help" },
    { logo: "logo.gif" },
    { languages: [] },
    { languages: ["en", "en"] },
    { languages: ["tlh"] },
    { colour: "red" },
  ])("is refused: %j", (given) => {
    expect(brandConfig.safeParse(given).success).toBe(false);
  });
});
