import { correction, generate } from "lean-qr";
import { describe, expect, it } from "vitest";
import { qrCodeSvg } from "../pages/qr-code.ts";
import { type Instant, instant } from "../words/clock.ts";
import { exchangeAddress } from "./exchange-address.ts";
import { newVoucherCode } from "./new-code.ts";
import { type SheetTitle, sheetFoot, sheetHead, sheetPages } from "./sheet.ts";

const issuer = "https://renew.acme.example";
const code = "0123456789ABCDEFGHJT";

const titleOf = (over: Partial<SheetTitle> = {}): SheetTitle => ({
  brand: { name: "Acme" },
  partner: "North Shop",
  product: "Acme Paint",
  batch: "spring-27",
  expiresAt: undefined,
  address: exchangeAddress({ issuer }, "north-shop"),
  addressOf: (one) => exchangeAddress({ issuer }, "north-shop", one),
  ...over,
});

const vouchers = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `spring-27/${at + 1}`,
    number: at + 1,
    code: newVoucherCode(),
  }));

/** The dark modules of a code, read from the strokes of its drawing. */
function modulesOf(svg: string): Set<string> {
  const dark = new Set<string>();
  const path = /stroke="#000" d="([^"]+)"/.exec(svg)?.[1] ?? "";
  let [x, y] = [0, 0];
  for (const [, step = "", numbers = ""] of path.matchAll(/([Mmh])([\d. -]+)/g)) {
    const [first = 0, second = 0] = numbers.trim().split(" ").map(Number);
    if (step === "M") [x, y] = [first, Math.floor(second)];
    else if (step === "m") x += first;
    else for (let end = x + first; x < end; x++) dark.add(`${x} ${y}`);
  }
  return dark;
}

describe("a sheet of vouchers", () => {
  it("has a card with code, product, seller and id for each, eight to a page", () => {
    const some = vouchers(20);
    const html = sheetHead(titleOf()) + sheetPages(titleOf(), some) + sheetFoot(titleOf());
    expect(html.match(/<section>/g)).toHaveLength(3);
    expect(html.match(/<article>/g)).toHaveLength(20);
    for (const { id, code: one } of some) {
      expect(html).toContain(`<p class="id">${id}</p>`);
      expect(html.replaceAll(/<[^>]+>|-/g, "")).toContain(one);
    }
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it("says the last day that is whole, and nothing when there is none", () => {
    const pages = (expiresAt?: Instant) => sheetPages(titleOf({ expiresAt }), vouchers(1));
    expect(pages()).not.toContain("Valid until");
    expect(pages(instant(Date.UTC(2027, 11, 31, 23, 59, 59)))).toContain("Valid until 31 December 2027");
    expect(pages(instant(Date.UTC(2028, 0, 1)))).toContain("Valid until 31 December 2027");
  });

  it("takes names as text, whatever is in them", () => {
    const odd = titleOf({ partner: `<img src=x onerror="alert(1)">`, product: "A & B" });
    const html = sheetHead(odd) + sheetPages(odd, vouchers(1));
    expect(html).not.toContain("<img");
    expect(html).toContain("A &amp; B");
  });

  it("keeps the code behind the address's hash sign, which no server sees", () => {
    const url = new URL(titleOf().addressOf(code));
    expect(url.hash).toBe("#0123-4567-89AB-CDEF-GHJT");
    expect(url.href.split("#")[0]).toBe("https://renew.acme.example/voucher/north-shop");
  });

  it("draws every module of the QR code, and no other", () => {
    for (const text of [titleOf().addressOf(code), "x", "ä".repeat(300)]) {
      const expected = generate(text, { minCorrectionLevel: correction.M });
      const dark = modulesOf(qrCodeSvg(text, "a code"));
      for (let y = 0; y < expected.size; y++)
        for (let x = 0; x < expected.size; x++) expect(dark.has(`${x} ${y}`)).toBe(expected.get(x, y));
    }
  });
});
