import {
  type AttributionClaims,
  checkClaims,
  type ParsedToken,
  parseToken,
  tokenType,
  verifySignature,
} from "@tallystick/sdk/protocol";
import { CompactSign, importJWK } from "jose";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { readPrivateKey } from "./key-pair.ts";
import type { KeyRing, TokenReading } from "./key-ring.ts";
import { openPublishedKeys, type PublishedKeys } from "./published-keys.ts";
import { createRecentMap } from "./recent-map.ts";
import type { KeyDeps } from "./signing-keys.ts";

/** How many good tokens are remembered: with claims about 2 KB each. */
const rememberedTokens = 10_000;

type GoodToken = Extract<TokenReading, { ok: true }>;

/** Opens the ring on the keys of the database. What it promises stands with `KeyRing`. */
export async function openKeyRing(deps: KeyDeps): Promise<KeyRing> {
  const { issuer, keysFolder, formerIssuers } = deps.config;
  const published = await openPublishedKeys(deps.store);
  const goodTokens = createRecentMap<GoodToken>(rememberedTokens);

  const judge = (token: GoodToken, product: string | undefined): TokenReading => {
    const now = deps.clock();
    // A receiver that moved still knows its own tokens: their claims are held to the address they were issued at.
    const own = formerIssuers.includes(token.claims.iss) ? token.claims.iss : issuer;
    const code = checkClaims(
      token.claims,
      product === undefined ? { issuer: own, now } : { issuer: own, now, product },
    );
    return code === undefined ? token : { ok: false, code };
  };

  return {
    // Not an async function: a remembered token answers without a chain of promises.
    verify: (token, { product }) => {
      const known = goodTokens.get(token);
      if (known !== undefined) return Promise.resolve(judge(known, product));
      return readSignature(token, published).then((reading) => {
        if (!reading.ok) return reading;
        const good: GoodToken = { ok: true, claims: reading.claims, kid: as.key(reading.kid) };
        goodTokens.set(token, good);
        return judge(good, product);
      });
    },
    sign: async (claims) => {
      const key = await published.newestActive();
      if (key === undefined)
        throw new Error("there is no active signing key: `tallystick key rotate` makes one");
      const privateJwk = readPrivateKey(keysFolder, key);
      const token = await sign({ ...claims, iss: issuer }, privateJwk);
      return { token, kid: as.key(key.kid) };
    },
    publicKeys: () => published.unrevoked(),
  };
}

async function readSignature(token: string, published: PublishedKeys): Promise<ParsedToken> {
  const reading = await verifySignature(token, published.verifying());
  if (reading.ok || reading.code !== "token_key_unknown") return reading;
  return (await published.lookAgain()) ? verifySignature(token, published.verifying()) : reading;
}

/** Signs, then reads the token as a stranger would: what would be refused everywhere is never handed out. */
async function sign(claims: AttributionClaims, privateJwk: Parameters<typeof importJWK>[0]): Promise<string> {
  const { kid } = privateJwk;
  if (kid === undefined) throw new Error("a signing key has an id");
  const { iss, aud, sub, jti, iat, exp, batch } = claims;
  const token = await new CompactSign(
    new TextEncoder().encode(JSON.stringify({ iss, aud, sub, jti, iat, exp, batch })),
  )
    .setProtectedHeader({ alg: "Ed25519", typ: tokenType, kid })
    .sign(await importJWK(privateJwk, "Ed25519"));
  const parsed = parseToken(token);
  if (!parsed.ok) throw new Refusal("request_invalid", `Such a token would be refused: ${parsed.code}.`);
  return token;
}
