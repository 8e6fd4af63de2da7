import {
  type CaptureAttempt,
  type Contradiction,
  contradictionsOf,
  searchToken,
} from "../capture/capture.ts";
import type { Carrier } from "../capture/carrier.ts";
import type { Documents } from "../documents/documents.ts";
import {
  type AttributionClaims,
  checkClaims,
  type KeySet,
  type ParsedToken,
  parseToken,
} from "../protocol/index.ts";
import type { Surroundings } from "../runtime/surroundings.ts";
import { isSignedBy, judgeSignature } from "./token-signature.ts";

/** Who handed this copy out. */
export interface Attribution {
  /** The partner's id: the token's `sub`. */
  partner: string;
  /** The token's own id: its `jti`. */
  tokenId: string;
  /** The batch that the token names: a campaign, a medium or a print run. */
  batch?: string;
}

/** What capturing came to. `attempts` names every place that was looked at in vain, and why. */
export type CaptureResult =
  /** `captured_unsaved`: found and used, but it could not be written: it is looked for again at the next start. */
  | ({
      code: "captured" | "captured_unsaved";
      /** The carrier's name, and the place in its own words, such as a path or a variable's name. */
      from: { carrier: string; where: string };
      /** Places that were looked at before and had no usable token, in the order of looking. */
      attempts: CaptureAttempt[];
      /** Good tokens of other partners that were found too: somebody may have put one there. */
      contradictions?: Contradiction[];
    } & Attribution)
  /** An earlier capture counts: the first valid token stays, and nothing was looked at. */
  | ({ code: "already_stored"; attempts: CaptureAttempt[] } & Attribution)
  /** `refused`: there were texts, and none was a good token. */
  | { code: "not_found" | "refused"; attempts: CaptureAttempt[] };

/** The token this process works with. */
export interface HeldToken {
  token: string;
  claims: AttributionClaims;
  /** `false`: a stored token of a key that is not built in any more; the receiver judges it. */
  verified: boolean;
}

/** Finds, keeps and hands out the token. */
export interface AttributionKeeper {
  /** The token, when this process knows it already: no file is looked at. */
  readonly held: HeldToken | undefined;
  /** The same, after one small read: only what Node's own Ed25519 confirms. */
  atOnce(): HeldToken | undefined;
  load(): Promise<HeldToken | undefined>;
  /** Tokens of other partners that the last search found, for the receiver to note. Handed out once. */
  takeOthers(): string[];
  capture(token: string | undefined): Promise<CaptureResult>;
}

/** What the keeper works with. */
export interface AttributionParts {
  keys: KeySet;
  issuer: string;
  product: string;
  carriers: readonly Carrier[];
  surroundings: Surroundings;
  documents: Documents;
  now: () => number;
}

/** Keeps one token: the first valid one, whatever comes later and however many processes capture at once. */
export function createAttributionKeeper(parts: AttributionParts): AttributionKeeper {
  const { documents, keys } = parts;
  let held: HeldToken | undefined;
  let otherTokens: string[] = [];

  /** A customer's clock may be wrong: `iat` is not judged by it. */
  const expected = () => ({
    issuer: parts.issuer,
    product: parts.product,
    now: parts.now(),
    judgeIssuedAt: false,
  });

  function atOnce(): HeldToken | undefined {
    const token = held === undefined ? documents.readText("token")?.trim() : undefined;
    const parsed = token === undefined ? undefined : parseToken(token);
    if (token === undefined || !parsed?.ok || !isSignedBy(token, keys.jwk(parsed.kid))) return held;
    const code = checkClaims(parsed.claims, expected());
    if (code === undefined || code === "token_expired")
      held = { token, claims: parsed.claims, verified: true };
    return held;
  }

  async function load(): Promise<HeldToken | undefined> {
    if (atOnce() !== undefined) return held;
    const text = documents.readText("token");
    if (text === undefined) return undefined;
    const token = text.trim();
    const judged = await judgeStored(token, keys, expected());
    if (typeof judged === "string") documents.refuse("token", text, judged);
    else held ??= judged;
    return held;
  }

  /** Another process may have been first since we looked: then its token counts, if it is a good one. */
  async function keep(
    token: string,
    claims: AttributionClaims,
  ): Promise<"captured" | "captured_unsaved" | "already_stored"> {
    for (let round = 0; round < 3; round += 1) {
      const code = documents.createText("token", `${token}\n`);
      if (code === "written") {
        held = { token, claims, verified: true };
        return "captured";
      }
      if (code !== "exists") break;
      if ((await load()) !== undefined) return "already_stored";
    }
    held = { token, claims, verified: true };
    return "captured_unsaved";
  }

  /** A token that verifies counts more than one of a key nobody knows here. */
  function giveUpUnverified(): void {
    held = undefined;
    const text = documents.readText("token");
    if (text !== undefined) documents.refuse("token", text, "token_key_unknown");
  }

  async function capture(token: string | undefined): Promise<CaptureResult> {
    const stored = await load();
    if (stored?.verified) return { code: "already_stored", ...attributionOf(stored.claims), attempts: [] };
    const verify = async (text: string): Promise<ParsedToken> => {
      const signed = await judgeSignature(text, keys);
      const code = signed.ok ? checkClaims(signed.claims, expected()) : undefined;
      return code === undefined ? signed : { ok: false, code };
    };
    const context = { ...parts.surroundings, product: parts.product, token };
    const { found, attempts, others } = await searchToken(parts.carriers, context, verify);
    if (found === undefined) {
      if (stored !== undefined) return { code: "already_stored", ...attributionOf(stored.claims), attempts };
      return { code: attempts.every(({ code }) => code === "absent") ? "not_found" : "refused", attempts };
    }
    if (stored !== undefined && held === stored) giveUpUnverified();
    const code = await keep(found.token, found.verified.claims);
    const claims = held?.claims ?? found.verified.claims;
    if (code === "already_stored") return { code, ...attributionOf(claims), attempts };
    otherTokens = others.map((other) => other.token);
    const from = { carrier: found.carrier, where: found.where };
    const contradictions = contradictionsOf(others);
    const told = contradictions.length === 0 ? {} : { contradictions };
    return { code, from, ...attributionOf(claims), attempts, ...told };
  }

  let last: Promise<unknown> = Promise.resolve();
  return {
    get held() {
      return held;
    },
    atOnce,
    load,
    takeOthers: () => otherTokens.splice(0),
    /** One after the other: a token that is handed over later must not be lost to a search that finds nothing. */
    capture(token) {
      const result = last.then(() => capture(token));
      last = result.catch(() => {});
      return result;
    },
  };
}

/** What a token says, in the words of the product. */
export function attributionOf({ sub, jti, batch }: AttributionClaims): Attribution {
  return { partner: sub, tokenId: jti, ...(batch === undefined ? {} : { batch }) };
}

/**
 * A token was good when it was stored. That it has expired since, or that its key is not built in any more, is
 * for the receiver to judge, which knows the time and all its keys; everything else means that the file is not ours.
 */
async function judgeStored(
  token: string,
  keys: KeySet,
  expected: Parameters<typeof checkClaims>[1],
): Promise<HeldToken | (ParsedToken & { ok: false })["code"]> {
  const parsed = parseToken(token);
  if (!parsed.ok) return parsed.code;
  const verified = await judgeSignature(token, keys);
  if (!verified.ok && verified.code !== "token_key_unknown") return verified.code;
  const code = checkClaims(parsed.claims, expected);
  if (code !== undefined && code !== "token_expired") return code;
  return { token, claims: parsed.claims, verified: verified.ok };
}
