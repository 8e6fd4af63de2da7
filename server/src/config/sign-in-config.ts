import { z } from "zod";
import { secretSource } from "./secret-source.ts";

/** Over plain http anybody between could say who signs in; on this machine nobody is between. */
function isSafeIssuer(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === "https:" || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url?.hostname ?? "");
}

const provider = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, "expected small letters, digits and dashes, at most 32")
      .default("sso")
      .describe("Names the provider in the address it sends people back to: /sign-in/oidc/{id}/back"),
    issuer: z
      .url({ protocol: /^https?$/, error: "expected the provider's address" })
      .refine(isSafeIssuer, "expected https, except on this machine")
      .describe("The provider's issuer, as its discovery document has it"),
    clientId: z.string().min(1).max(200),
    secret: secretSource,
    name: z
      .string()
      .regex(/^[^\p{Cc}]{1,60}$/u, "expected 1 to 60 characters on one line")
      .default("single sign-on")
      .describe("Stands on the button"),
    assignsMail: z
      .boolean()
      .default(false)
      .describe(
        "True for a provider whose addresses the vendor itself assigns: they count without the claim email_verified",
      ),
  })
  .describe("An OpenID Connect provider by which the vendor's people sign in");
/** A provider by which the vendor's people sign in. The secret is only named. */
export type ProviderConfig = z.output<typeof provider>;

const oidc = z
  .union(
    [
      provider,
      z
        .array(provider)
        .min(1, "expected at least 1 provider")
        .max(5, "expected at most 5 providers")
        .refine(
          (all) => new Set(all.map(({ id }) => id)).size === all.length,
          "expected an id of its own for each",
        ),
    ],
    "expected a provider with issuer, clientId and secret, or a list of them",
  )
  .describe("The OpenID Connect provider by which the vendor's people may sign in, or a list of them");

/** `signIn`: how people sign in, and for how long. */
export const signInConfig = z
  .strictObject({
    idleMinutes: z
      .int("expected a whole number of minutes")
      .min(5, "expected at least 5 minutes")
      .max(43_200, "expected at most 43200 minutes")
      .default(480)
      .describe("A session that is not used for so long ends"),
    lifetimeHours: z
      .int("expected a whole number of hours")
      .min(1, "expected at least 1 hour")
      .max(2_160, "expected at most 2160 hours")
      .default(168)
      .describe("No session lasts longer, however much it is used"),
    freshMinutes: z
      .int("expected a whole number of minutes")
      .min(1, "expected at least 1 minute")
      .max(1_440, "expected at most 1440 minutes")
      .default(15)
      .describe("How long after a sign-in money may be moved or bank details be changed"),
    passkeys: z
      .boolean()
      .default(false)
      .describe("Whether people may add passkeys and sign in by them; they belong to the issuer's host"),
    oidc: oidc.optional(),
  })
  .prefault({})
  .describe("How people sign in, and for how long");
/** How people sign in. The provider's secret is only named. */
export type SignInConfig = z.output<typeof signInConfig>;

/** The providers of the configuration, as a list. */
export const providersOf = ({ oidc }: Pick<SignInConfig, "oidc">): readonly ProviderConfig[] =>
  oidc === undefined ? [] : [oidc].flat();
