import { createHash } from "node:crypto";

/** A server's challenge, as far as it is understood. */
export interface DigestChallenge {
  realm: string;
  nonce: string;
  opaque: string | undefined;
  algorithm: DigestAlgorithm;
  /** Undefined for a server of RFC 2069, which knows no qop. */
  qop: "auth" | "auth-int" | undefined;
}

/** The algorithms, the strongest first: of several challenges the first that is understood is answered. */
export const digestAlgorithms = ["SHA-256-sess", "SHA-256", "MD5-sess", "MD5"] as const;
/** One of them. */
export type DigestAlgorithm = (typeof digestAlgorithms)[number];

/**
 * The strongest Digest challenge in a `WWW-Authenticate` header, several of which may stand in one.
 *
 * Source: RFC 7616, section 3.3; RFC 9110, section 11.6.1.
 */
export function readChallenge(header: string): DigestChallenge | undefined {
  const challenges = header
    .split(/(?:^|,)\s*(?=[A-Za-z0-9!#$&^_`|~.+-]+\s+[a-z]+\*?\s*=)/i)
    .filter((part) => /^digest\s/i.test(part))
    .flatMap((part) => challengeOf(part.slice("digest".length)) ?? []);
  const strength = ({ algorithm }: DigestChallenge) => digestAlgorithms.indexOf(algorithm);
  return challenges.sort((one, other) => strength(one) - strength(other))[0];
}

function challengeOf(text: string): DigestChallenge | undefined {
  const members = new Map<string, string>();
  for (const [, name = "", quoted, token] of text.matchAll(
    /([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi,
  ))
    members.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, "$1") ?? token ?? "");
  const named = (members.get("algorithm") ?? "MD5").toLowerCase();
  const algorithm = digestAlgorithms.find((known) => known.toLowerCase() === named);
  const [realm, nonce, opaque] = [members.get("realm"), members.get("nonce"), members.get("opaque")];
  if (algorithm === undefined || realm === undefined || nonce === undefined) return undefined;
  if (/[\r\n]/.test(realm + nonce + (opaque ?? ""))) return undefined;
  const offered = members
    .get("qop")
    ?.split(",")
    .map((qop) => qop.trim().toLowerCase());
  const qop = (["auth", "auth-int"] as const).find((known) => offered?.includes(known));
  if (offered !== undefined && qop === undefined) return undefined;
  return { realm, nonce, opaque, algorithm, qop };
}

/** What is answered with. */
export interface DigestAnswer {
  challenge: DigestChallenge;
  method: string;
  /** Path and query, as they stand in the request. */
  target: string;
  user: string;
  password: string;
  body: string;
  /** Fresh random text. */
  cnonce: string;
}

/** The `Authorization` header that answers a challenge, the nonce used for the first time (RFC 7616, section 3.4). */
export function digestAuthorization(answer: DigestAnswer): string {
  const { challenge, method, target, user, password, cnonce } = answer;
  const { realm, nonce, opaque, algorithm, qop } = challenge;
  const hash = (text: string) =>
    createHash(algorithm.startsWith("SHA-256") ? "sha256" : "md5")
      .update(text)
      .digest("hex");
  const count = "00000001";
  const secret = hash(`${user}:${realm}:${password}`);
  const key = algorithm.endsWith("-sess") ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const request = hash(`${method}:${target}${qop === "auth-int" ? `:${hash(answer.body)}` : ""}`);
  const response =
    qop === undefined
      ? hash(`${key}:${nonce}:${request}`)
      : hash(`${key}:${nonce}:${count}:${cnonce}:${qop}:${request}`);
  const members = [
    `username=${quote(user)}`,
    `realm=${quote(realm)}`,
    `uri=${quote(target)}`,
    `algorithm=${algorithm}`,
    `nonce=${quote(nonce)}`,
    ...(qop === undefined && !algorithm.endsWith("-sess") ? [] : [`nc=${count}`, `cnonce=${quote(cnonce)}`]),
    ...(qop === undefined ? [] : [`qop=${qop}`]),
    `response="${response}"`,
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
  ];
  return `Digest ${members.join(", ")}`;
}

const quote = (text: string) => `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
