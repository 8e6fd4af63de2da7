import { timingSafeEqual } from "node:crypto";
import type { Deps } from "../deps/deps.ts";
import { insertStop } from "./rows/renewal-notices.ts";

type Needs = Pick<Deps, "config" | "hashes">;
type Hashes = Deps["hashes"];

/** What a stop is kept under: it leads to no address. The second is that of the former pepper, while there is one. */
export function stopKeyOf(hashes: Hashes, email: string): string[] {
  const { former } = hashes;
  const keys = [hashes.signIn(`no renewal notices ${hashes.email(email)}`)];
  if (former !== undefined) keys.push(former.signIn(`no renewal notices ${former.email(email)}`));
  return keys;
}

/** The address by which somebody ends notices of ends of terms: without a sign-in, as RFC 8058 wants it. */
export function stopNoticesUrl({ config, hashes }: Needs, email: string): string {
  const [key = ""] = stopKeyOf(hashes, email);
  return `${config.issuer}/mail/renewals/${key}.${hashes.signIn(`stop renewals ${key}`)}`;
}

/** Whose notices a link ends; undefined when it was not made here. */
export function readStopNoticesLink({ hashes }: Pick<Needs, "hashes">, text: string): string | undefined {
  const [, key, signature] = /^([\w-]{43})\.([\w-]{43})$/.exec(text) ?? [];
  if (key === undefined || signature === undefined) return undefined;
  // Mail outlives a rotation of the pepper.
  const isOurs = [hashes, hashes.former].some(
    (made) =>
      made !== undefined &&
      timingSafeEqual(Buffer.from(signature), Buffer.from(made.signIn(`stop renewals ${key}`))),
  );
  return isOurs ? key : undefined;
}

/** Ends notices of ends of terms to an address, for good. */
export const stopNotices = ({ store, clock }: Pick<Deps, "store" | "clock">, key: string): Promise<number> =>
  store.write((tx) => insertStop(tx, { stop_key: key, stopped_at: clock() }));
