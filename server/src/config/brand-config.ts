import { z } from "zod";
import { isEmailAddress } from "../words/email-address.ts";

/** The vendor as customers see it on the receiver's pages. */
export interface Brand {
  name: string;
  /** `#rrggbb`; pages shade it until it can be read. */
  color?: string;
  /** Where customers may write to. */
  supportAddress?: string;
}

/** The file's section. */
export const brandConfig = z
  .strictObject({
    name: z
      .string()
      .regex(/^[^\p{Cc}]{1,60}$/u, "expected 1 to 60 characters on one line")
      .optional()
      .describe("The vendor's name on all pages; by default what the products' names begin with"),
    color: z
      .string()
      .regex(/^#[0-9A-Fa-f]{6}$/, "expected a colour as in #9c3616")
      .optional()
      .describe("Of buttons and links; it is made darker or lighter where it could not be read"),
    supportAddress: z
      .string()
      .refine(isEmailAddress, "expected an e-mail address")
      .optional()
      .describe("The e-mail address to which customers may turn"),
  })
  .prefault({})
  .describe("How the receiver's pages look to customers");

/** The brand in force: a vendor that gives no name is known by its products', or else by the receiver's host. */
export function brandFrom(
  { name, color, supportAddress }: z.output<typeof brandConfig>,
  { issuer, products }: { issuer: string; products: readonly { name: string }[] },
): Brand {
  return {
    name: name ?? (sharedStart(products.map((product) => product.name)) || new URL(issuer).host),
    ...(color === undefined ? {} : { color }),
    ...(supportAddress === undefined ? {} : { supportAddress }),
  };
}

/** The words with which all names begin: "Acme" for Acme Paint and Acme Draw. */
function sharedStart(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split(/\s+/));
  const end = first.findIndex((word, at) => others.some((other) => other[at] !== word));
  return first.slice(0, end === -1 ? first.length : end).join(" ");
}
