import { parseArgs } from "node:util";
import { type Chapter, mainChapter } from "./journey/journey.ts";
import { isShopKind, type ShopKind, shopKinds, voices } from "./shop/voices/voices.ts";
import { isWayId, type WayId, wayIds, ways } from "./ways/ways.ts";

/** What was asked for on the command line. */
export type Wish =
  | { kind: "play"; once: boolean; chapters: readonly Chapter[] }
  | { kind: "help" }
  /** `problem`: what is wrong, in one sentence. */
  | { kind: "unknown"; problem: string };

/** What `--help` prints. */
export const helpText = `Usage: npm run demo -- [--once] [--sold-by WAY] [--shop SHOP] [--help]

Starts the receiver, a small product (Acme Paint) and its shop on loopback ports,
plays a year of a channel through the receiver's own doors, then the main job by itself:
from a reseller's token to the reseller's credit. Afterwards it stays up for you to do the
same by hand in a browser, and to sign in as a partner, as the vendor or as a customer.
Ctrl-C ends it and removes what it wrote.

  --once          plays the journey and exits: 0 when every step went well, 1 when one failed
  --sold-by WAY   how the copy is sold: ${list(wayIds)};
                  default: file; every plays one after the other
  --shop SHOP     the shop that the store speaks as, with a refund at the end:
                  ${list(shopKinds)};
                  default: stripe; every plays one after the other
  --help          this text

Environment:
  ACME_SHOP_SECRET   what the shop signs its webhooks with when it speaks as Stripe; by default what the
                     receiver expects. Set another, and see how the receiver refuses them.
  NO_COLOR           no colours
`;

/** Reads the words behind the program's name. */
export function readArguments(words: readonly string[]): Wish {
  const reading = parse(words);
  if (typeof reading === "string") return { kind: "unknown", problem: reading };
  const { help, once = false, shop: shopName, "sold-by": wayName } = reading;
  if (help) return { kind: "help" };
  const sold = chosen(wayName, wayIds, isWayId) ?? [mainChapter.way];
  const shops = chosen(shopName, shopKinds, isShopKind) ?? [mainChapter.shop];
  if (sold.length === 0) return { kind: "unknown", problem: `No copy is sold by ${wayName}.` };
  if (shops.length === 0) return { kind: "unknown", problem: `There is no shop ${shopName}.` };
  const refund = shopName !== undefined;
  const chapters = sold.flatMap((way) =>
    shops.filter((shop) => canTell(shop, way)).map((shop) => ({ way, shop, refund })),
  );
  if (chapters.length === 0)
    return {
      kind: "unknown",
      problem: `The webhooks of ${shopName} do not name the ${wayName}: see docs/shops.`,
    };
  return { kind: "play", once, chapters };
}

const canTell = (shop: ShopKind, way: WayId): boolean =>
  !voices[shop].cannotTell?.some((kind) => kind === ways[way].evidence);

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        once: { type: "boolean" },
        "sold-by": { type: "string" },
        shop: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (cause) {
    return (cause as Error).message;
  }
}

/** The one that was named, all of them, or none where the name is unknown; nothing where none was asked for. */
function chosen<Name extends string>(
  name: string | undefined,
  all: readonly Name[],
  isOne: (text: unknown) => text is Name,
): readonly Name[] | undefined {
  if (name === undefined) return undefined;
  if (name === "every") return all;
  return isOne(name) ? [name] : [];
}

function list(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
