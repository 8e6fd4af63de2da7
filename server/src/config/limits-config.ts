import ipaddr from "ipaddr.js";
import { z } from "zod";

/** What is limited: each scope counts by itself. */
export const limitScopes = [
  "serial",
  "voucher",
  "email",
  "partnerApi",
  "signIn",
  "signInCode",
  "ceremony",
  "bearer",
] as const;
/** One of the things that are limited. */
export type LimitScope = (typeof limitScopes)[number];

/** How often one caller may try. */
export interface RateLimit {
  /** So many tries at once, */
  burst: number;
  /** and then so many an hour. */
  perHour: number;
}

/** The limits of a scope: of one network address, and of one account, whatever an account is there. */
export interface ScopeLimits {
  /** Of one network address; IPv6 by its /64. */
  address: RateLimit;
  /** Of one account, whatever an account is in the scope, such as a partner or an e-mail address. */
  account: RateLimit;
}

const tries = z
  .int("expected a whole number of tries")
  .min(1, "expected at least 1 try")
  .max(1_000_000, "expected at most 1000000 tries");

const rateLimit = (usual: RateLimit) =>
  z.strictObject({ burst: tries.default(usual.burst), perHour: tries.default(usual.perHour) }).prefault({});

const scope = (usual: ScopeLimits, what: string) =>
  z
    .strictObject({ address: rateLimit(usual.address), account: rateLimit(usual.account) })
    .prefault({})
    .describe(what);

const guesses: ScopeLimits = { address: { burst: 60, perHour: 120 }, account: { burst: 20, perHour: 30 } };

/** `limits`: how often callers may try what could be guessed. They are kept in the database. */
export const limitsConfig = z
  .strictObject({
    serial: scope(guesses, "Serials that are activated; a wrong one counts as ten right ones"),
    voucher: scope(guesses, "Vouchers that are redeemed; a wrong one counts as ten right ones"),
    email: scope(
      { address: { burst: 60, perHour: 120 }, account: { burst: 20_000, perHour: 5_000 } },
      "Addresses that partners register: by the form, and by the partner's account",
    ),
    signIn: scope(
      { address: { burst: 20, perHour: 60 }, account: { burst: 5, perHour: 10 } },
      "Codes that are asked for to sign in: by a network address, and for an e-mail address",
    ),
    signInCode: scope(
      { address: { burst: 30, perHour: 60 }, account: { burst: 10, perHour: 20 } },
      "Codes and links that are tried to sign in; a wrong one counts as ten right ones",
    ),
    ceremony: scope(
      { address: { burst: 300, perHour: 600 }, account: { burst: 300, perHour: 600 } },
      "Sign-ins by passkey or provider that are begun, by a network address",
    ),
    partnerApi: scope(
      { address: { burst: 600, perHour: 6_000 }, account: { burst: 600, perHour: 6_000 } },
      "Requests of partners' programs, by their API key",
    ),
    bearer: scope(
      { address: { burst: 60, perHour: 120 }, account: { burst: 1_000, perHour: 1_000 } },
      "Wrong bearers, by address and over all: nobody is refused for them, but more of them wait longer",
    ),
  })
  .prefault({});

/** `listen.trustedProxies`: whose X-Forwarded-For is believed. */
export const trustedProxiesConfig = z
  .array(
    z
      .string()
      .refine(
        (text) => (text.includes("/") ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text)),
        "expected an address such as 10.0.0.7, or a range such as 10.0.0.0/8 or fd00::/8",
      ),
  )
  .max(100, "expected at most 100 proxies")
  .default([])
  .describe(
    "Addresses of the proxies in front, which add X-Forwarded-For; without them all customers behind one share its limits",
  );
