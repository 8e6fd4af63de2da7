import { expect, it } from "vitest";
import type { ConcealedSale } from "../../server/src/events/conceal-event.ts";
import type { OrderLine } from "../../server/src/events/order-line.ts";
import { withProducts } from "../../server/src/orders/record/sale-facts.ts";
import { articlesOf } from "../../server/src/shops/kit/articles.ts";
import { as, type ProductId } from "../../server/src/words/ids.ts";

const [paint, pro] = [as.product("paint"), as.product("paint-pro")];
const articles = new Map<string, ProductId>([
  ["woo 93", paint],
  ["woo PAINT PRO", pro],
  ["woo Größe L", pro],
  ["shopify 94", pro],
]);

/** What becomes of a sale whose lines were sold as these articles. */
function productsOf(...sold: (readonly (string | null)[])[]) {
  const lines = sold.map((ids, place): OrderLine => {
    return {
      line: String(place),
      articles: articlesOf(...ids),
      quantity: 1,
      netMinor: 1,
      taxMinor: 0,
      kind: "new",
    };
  });
  const told = withProducts({ lines } as unknown as ConcealedSale, as.shop("woo"), articles);
  return { order: told.product, lines: (told.lines ?? []).map(({ product }) => product) };
}

it.each([
  ["a product", [["93"]], { order: paint, lines: [paint] }],
  ["a variant before its product", [["93", "7", "PAINT PRO"]], { order: pro, lines: [pro] }],
  ["an article in another script", [["Größe L "]], { order: pro, lines: [pro] }],
  ["one product and what nobody knows", [["93"], ["shipping"]], { order: paint, lines: [paint, undefined] }],
  [
    "two products, so that the order has none",
    [["93"], ["PAINT PRO"]],
    { order: undefined, lines: [paint, pro] },
  ],
  ["another shop's article", [["94"]], { order: undefined, lines: [undefined] }],
  ["nothing that could be kept", [[null, "", "a\u0000b"]], { order: undefined, lines: [undefined] }],
])("knows the product of lines by %s", (_, sold, expected) => {
  expect(productsOf(...sold)).toEqual(expected);
});
