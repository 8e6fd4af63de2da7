import type { Config } from "../config/config.ts";
import { readShopSecrets } from "../config/secrets.ts";
import { checkDelivery } from "../shops/check-event.ts";
import type { Clock } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { randomHex } from "../words/random-hex.ts";
import { Refusal } from "../words/refusal.ts";
import { type CheckFinding, judgeAnswer } from "./check-finding.ts";
import { type PostedAnswer, postDelivery } from "./post-delivery.ts";

/** What a shop's check came to. */
export interface ShopCheck {
  shop: string;
  kind: string;
  /** Where the test event was sent, without the secret that some addresses hold. */
  url: string;
  ok: boolean;
  /** What is wrong, and what to change. Empty when nothing is. */
  findings: CheckFinding[];
}

interface Surroundings {
  env: NodeJS.ProcessEnv;
  clock: Clock;
}

/**
 * Sends the receiver that is running a signed test event, at the address the shop sends to, and tells what is wrong. The
 * event is of a type that no shop has, so nothing is recorded. Where the public address fails, the address the receiver
 * listens on is asked as well: what passes there and not here was changed on the way.
 *
 * @throws Refusal `shop_unknown`
 */
export async function checkShop(
  config: Config,
  { shop, url }: { shop: string; url?: string | undefined },
  { env, clock }: Surroundings,
): Promise<ShopCheck> {
  const configured = config.shops.get(as.shop(shop));
  if (configured === undefined) throw new Refusal("shop_unknown", unknownShop(config, shop));
  const address = url ?? `${config.issuer}/webhooks/${shop}`;
  const result = (findings: CheckFinding[]): ShopCheck => ({
    shop,
    kind: configured.kind,
    url: address,
    ok: findings.length === 0,
    findings,
  });
  let delivery: ReturnType<typeof checkDelivery>;
  try {
    const settings = readShopSecrets(configured, shop, env);
    delivery = checkDelivery(settings, { id: `check_${randomHex(8)}`, at: clock() });
  } catch (error) {
    const problems = (error as { problems?: { path: string; message: string }[] }).problems;
    if (problems === undefined) throw error;
    return result(problems.map((problem) => secretFinding(problem)));
  }
  const post = (base: string) =>
    postDelivery(delivery.key === undefined ? base : `${base}/${delivery.key}`, delivery);
  const answer = await post(address);
  const finding = judgeAnswer(answer, { url: address, now: clock() });
  if (finding === undefined) return result([]);
  const direct = `http://${hostOf(config.listen)}/webhooks/${shop}`;
  if (url !== undefined || direct === address) return result([finding]);
  return result([compared(finding, await post(direct), direct, clock)]);
}

/** The finding at the public address, in the light of what the receiver itself says. */
function compared(finding: CheckFinding, direct: PostedAnswer, url: string, clock: Clock): CheckFinding {
  const passes = judgeAnswer(direct, { url, now: clock() }) === undefined;
  if (!passes || finding.code === "redirected") return finding;
  if (finding.code === "signature_refused")
    return {
      code: "changed_on_the_way",
      message: `The test event passes at ${url}, and is refused at the public address: something between them changes it.`,
      change:
        "Let the proxy pass the shop's headers and the body on untouched: no decoding, no re-encoding, no added white space. The receiver's log tells which: `signature_missing` for a header that was taken away, `signature_mismatch` for a body that was changed.",
    };
  return {
    ...finding,
    change: `${finding.change} The receiver itself answers well at ${url}: look at what stands before it.`,
  };
}

const secretFinding = ({ path, message }: { path: string; message: string }): CheckFinding => ({
  code: "secret_unfit",
  message: `${path}: ${message}.`,
  change:
    "Set it where this command and the receiver both see it, to the secret that the shop shows for this webhook.",
});

function unknownShop(config: Config, shop: string): string {
  const names = [...config.shops.keys()].join(", ");
  return `The configuration has no shop ${shop}. It has: ${names || "none"}.`;
}

/** The receiver's own address. One that listens everywhere is asked on loopback. */
function hostOf({ host, port }: Config["listen"]): string {
  const named = /^(0\.0\.0\.0|::)$/.test(host) ? "127.0.0.1" : host;
  return `${named.includes(":") ? `[${named}]` : named}:${port}`;
}
