import { z } from "zod";
import { secretSource } from "./secret-source.ts";

const oidc = z
  .strictObject({
    issuer: z
      .url({ protocol: /^https?$/, error: "expected the provider's address" })
      .describe("The provider's issuer, as its discovery document has it"),
    clientId: z.string().min(1).max(200),
    secret: secretSource,
    name: z
      .string()
      .regex(/^[^\p{Cc}]{1,60}$/u, "expected 1 to 60 characters on one line")
      .default("single sign-on")
      .describe("Stands on the button"),
  })
  .describe(
    "Sign-in by an OpenID Connect provider. Not served yet: a start says so, and people sign in by mail",
  );

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
      .describe("Sign-in by passkeys. Not served yet: a start says so, and people sign in by mail"),
    oidc: oidc.optional(),
  })
  .prefault({})
  .describe("How people sign in, and for how long");
/** How people sign in. The provider's secret is only named. */
export type SignInConfig = z.output<typeof signInConfig>;
