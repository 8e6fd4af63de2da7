import { z } from "zod";
import { isEmailAddress } from "../words/email-address.ts";
import { pageLanguages } from "../words/page-languages.ts";
import { filePath } from "./secret-source.ts";

/** The vendor as customers see it on the receiver's pages. */
export interface Brand {
  /** The name on pages and in mail. */
  name: string;
  /** `#rrggbb`; pages shade it until it can be read. */
  color?: string;
  /** Where customers may write to. */
  supportAddress?: string;
  /** The file of the vendor's logo, absolute. */
  logo?: string;
  /** The languages of the pages, the usual one first; all that there are by default. */
  languages?: readonly string[];
}

const colour = z
  .string()
  .regex(/^#[0-9A-Fa-f]{6}$/, "expected a colour as in #9c3616")
  .optional();

/** The file's section. */
export const brandConfig = z
  .strictObject({
    name: z
      .string()
      .regex(/^[^\p{Cc}]{1,60}$/u, "expected 1 to 60 characters on one line")
      .optional()
      .describe("The vendor's name on all pages; by default what the products' names begin with"),
    color: colour.describe("Of buttons and links; it is made darker or lighter where it could not be read"),
    colour: colour.describe("The same in the other spelling; `color` counts where both are given"),
    supportAddress: z
      .string()
      .refine(isEmailAddress, "expected an e-mail address")
      .optional()
      .describe("The e-mail address to which customers may turn"),
    logo: filePath
      .regex(/\.(svg|png)$/i, "expected a file that ends in .svg or .png")
      .optional()
      .describe("The vendor's logo for signed-in pages, SVG or PNG, at most 64 KB; it stands 28 px high"),
    languages: z
      .array(z.enum(pageLanguages))
      .min(1, "expected at least one language")
      .refine((tags) => new Set(tags).size === tags.length, "expected each language at most once")
      .optional()
      .describe("In which languages the pages are shown, the usual one first; by default all that there are"),
  })
  .prefault({})
  .describe("How the receiver's pages look to customers");

/** The brand in force: a vendor that gives no name is known by its products', or else by the receiver's host. */
export function brandFrom(
  { name, colour, color = colour, supportAddress, logo, languages }: z.output<typeof brandConfig>,
  { issuer, products }: { issuer: string; products: readonly { name: string }[] },
  absolute: (path: string) => string = (path) => path,
): Brand {
  return {
    name: name ?? (sharedStart(products.map((product) => product.name)) || new URL(issuer).host),
    ...(color === undefined ? {} : { color }),
    ...(supportAddress === undefined ? {} : { supportAddress }),
    ...(logo === undefined ? {} : { logo: absolute(logo) }),
    ...(languages === undefined ? {} : { languages }),
  };
}

/** The words with which all names begin: "Acme" for Acme Paint and Acme Draw. */
function sharedStart(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split(/\s+/));
  const end = first.findIndex((word, at) => others.some((other) => other[at] !== word));
  return first.slice(0, end === -1 ? first.length : end).join(" ");
}
