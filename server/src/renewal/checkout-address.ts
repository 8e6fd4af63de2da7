import type { ProductConfig } from "../config/config.ts";

/** What fills the placeholders of a checkout's address. */
export interface CheckoutValues {
  reference: string;
  email: string | undefined;
  licence: string | undefined;
}

type Name = keyof CheckoutValues | "product";
type Piece = string | { name: Name };

/** An address in pieces, in ASCII: what stands in it by itself is encoded already. */
interface Template {
  origin: string;
  segments: readonly (readonly Piece[])[];
  /** Query and fragment, with the sign they begin with. */
  rest: readonly Piece[];
}

const templates = new WeakMap<ProductConfig, Template>();

/**
 * The checkout's address from the configuration with its placeholders filled in; nothing else can change it. What is
 * filled in is encoded once. A part of the path that would be empty, or would climb to the part before it, is left out.
 */
export function checkoutAddress(product: ProductConfig, values: CheckoutValues): string {
  let template = templates.get(product);
  if (template === undefined) {
    template = templateOf(product.checkout.url);
    templates.set(product, template);
  }
  const all = { ...values, product: product.id };
  const path = template.segments
    .map((pieces) => ({
      isFixed: pieces.every((piece) => typeof piece === "string"),
      text: fill(pieces, all),
    }))
    .filter(({ isFixed, text }) => isFixed || !/^\.{0,2}$/.test(text))
    .map(({ text }) => text);
  return `${template.origin}/${path.join("/")}${fill(template.rest, all)}`;
}

const fill = (pieces: readonly Piece[], values: CheckoutValues & { product: string }): string =>
  pieces
    .map((piece) =>
      typeof piece === "string" ? piece : encodeURIComponent((values[piece.name] ?? "").toWellFormed()),
    )
    .join("");

/** Letters alone, so that they are the same in every part of an address, and no address holds them by chance. */
const markers: Readonly<Record<Name, string>> = {
  reference: "zqreferenceqz",
  email: "zqemailqz",
  licence: "zqlicenceqz",
  product: "zqproductqz",
};

function templateOf(address: string): Template {
  const marked = address.replace(/\{(reference|email|licence|product)\}/g, (_, name: Name) => markers[name]);
  const url = new URL(marked);
  return {
    origin: url.origin,
    segments: url.pathname.slice(1).split("/").map(piecesOf),
    rest: piecesOf(url.search + url.hash),
  };
}

const piecesOf = (text: string): Piece[] =>
  text
    .split(/(zq(?:reference|email|licence|product)qz)/)
    .filter((part) => part !== "")
    .map((part) => {
      const name = (Object.keys(markers) as Name[]).find((one) => markers[one] === part);
      return name === undefined ? part : { name };
    });
