import { createHash } from "node:crypto";
import { z } from "zod";
import type { ShopSettings } from "../config/shop-config.ts";
import type { Deps } from "../deps/deps.ts";
import type { Shop, ShopDelivery } from "../shops/shop.ts";
import { signDelivery } from "../shops/sign-delivery.ts";
import { type Instant, instant } from "../words/clock.ts";
import { as, type ShopName } from "../words/ids.ts";
import { recorderOn } from "./recorder.ts";
import { rehearsing } from "./rehearsal.ts";
import { takeWebhook } from "./take-webhook.ts";

/** A stored delivery: one line of a file. */
const storedDelivery = z
  .strictObject({
    shop: z.string().max(64).optional(),
    headers: z.record(z.string().regex(/^[!-9;-~]{1,100}$/), z.string().max(8192)).default({}),
    body: z.string().optional(),
    bodyBase64: z.base64().optional(),
    /** What followed the shop's name in the address. */
    key: z.string().max(200).optional(),
    receivedAt: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(
    ({ body, bodyBase64 }) => (body === undefined) !== (bodyBase64 === undefined),
    "expected either body or bodyBase64",
  );
type StoredDelivery = z.output<typeof storedDelivery>;

/** What became of one line. */
export interface ReplayedLine {
  line: number;
  shop: string | null;
  outcome: "recorded" | "duplicate" | "ignored" | "refused" | "failed";
  reason: string | null;
}

/** How stored deliveries are taken. */
export interface ReplayOrder {
  lines: AsyncIterable<string>;
  shops: ReadonlyMap<ShopName, Shop>;
  settings: ReadonlyMap<ShopName, ShopSettings>;
  /** The shop of lines that name none. */
  shop?: string | undefined;
  /** The signatures were not kept: the events are believed, as the file comes from somebody who is. */
  trust: boolean;
  /** All is done, and nothing is kept. */
  dryRun: boolean;
}

/** A delivery has 1 MB at most, which is less than twice as much in base64. */
const maxLineLength = 2_000_000;

/**
 * Takes deliveries that were stored, one after the other, by the same rules as at the webhooks' address: signatures are
 * verified, what is known counts no second time. A signature's time is held against `receivedAt`, the time the delivery
 * first came in; without one, against now. No line stops those after it.
 */
export async function* replayDeliveries(deps: Deps, order: ReplayOrder): AsyncGenerator<ReplayedLine> {
  const world = order.dryRun ? rehearsing(deps) : deps;
  let line = 0;
  for await (const text of order.lines) {
    line++;
    if (text.trim() === "") continue;
    yield { line, ...(await replayLine(world, order, text)) };
  }
}

async function replayLine(deps: Deps, order: ReplayOrder, text: string): Promise<Omit<ReplayedLine, "line">> {
  const stored = readStored(text);
  if (typeof stored === "string") return { shop: null, outcome: "refused", reason: stored };
  const name = stored.shop ?? order.shop;
  if (name === undefined)
    return { shop: null, outcome: "refused", reason: "it names no shop: add --shop NAME" };
  const shop = order.shops.get(as.shop(name));
  const settings = order.settings.get(as.shop(name));
  if (shop === undefined || settings === undefined)
    return { shop: name, outcome: "refused", reason: "no shop of this name is configured" };
  const at = stored.receivedAt === undefined ? deps.clock() : instant(Date.parse(stored.receivedAt));
  const delivery = deliveryOf(stored, order.trust ? settings : undefined, at);
  const then: Shop = { ...shop, read: (given) => shop.read(given, at) };
  try {
    const taken = await takeWebhook(
      { ...deps, shops: new Map([[as.shop(name), then]]), recorder: recorderOn(deps) },
      { shop: name, ...delivery },
    );
    const outcome = taken.status === "waiting" ? "failed" : taken.status;
    return { shop: name, outcome, reason: null };
  } catch (error) {
    const { name: kind, code } = error as { name?: string; code?: string };
    if (kind !== "Refusal") return { shop: name, outcome: "failed", reason: "it could not be recorded" };
    const signature = code === "signature_invalid" && stored.receivedAt === undefined;
    return { shop: name, outcome: "refused", reason: signature ? oldSignature : (code ?? null) };
  }
}

const oldSignature = "signature_invalid: if it is old, say when it came in as `receivedAt`";

function readStored(text: string): StoredDelivery | string {
  if (text.length > maxLineLength) return "the line is too long for a delivery";
  try {
    const parsed = storedDelivery.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `${issue?.path.join(".") || "line"}: ${issue?.code === "custom" ? issue.message : issue?.code}`;
  } catch {
    return "the line is not JSON";
  }
}

/** Headers that no signature covers, and that tell what an event is. */
const telling = /^x-(shopify-(topic|event-id)|wc-webhook-(topic|delivery-id))$/i;

/** The delivery as it came in, or, where the file is trusted, signed as the shop would have signed it. */
function deliveryOf(stored: StoredDelivery, trusted: ShopSettings | undefined, at: Instant): ShopDelivery {
  const body =
    stored.body === undefined ? Buffer.from(stored.bodyBase64 ?? "", "base64") : Buffer.from(stored.body);
  const given = Object.entries(stored.headers);
  const key = stored.key ?? (trusted?.kind === "gumroad" ? trusted.secrets[0] : undefined);
  const keyed = key === undefined ? {} : { key };
  if (trusted === undefined) return { headers: new Headers(given), body, ...keyed };
  const id = stored.headers["webhook-id"] ?? `replayed_${createHash("sha256").update(body).digest("hex")}`;
  const headers = signDelivery(trusted, { id, at, body });
  for (const [header, value] of given) if (telling.test(header)) headers.set(header, value);
  return { headers, body, ...keyed };
}
