import { z } from "zod";

const base64url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]+$/);
const common = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal("public-key"),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
};

const registration = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url(10_000),
    attestationObject: base64url(100_000),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .optional(),
  }),
});
/** What a browser sends of a passkey that it made. */
export type SentRegistration = z.output<typeof registration>;

const authentication = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url(10_000),
    authenticatorData: base64url(10_000),
    signature: base64url(10_000),
    userHandle: base64url(200).nullish(),
  }),
});
/** What a browser sends of a passkey that signs in. */
export type SentAuthentication = z.output<typeof authentication>;

/** Reads what a browser sent; undefined for anything else. */
export const readRegistration = (body: unknown): SentRegistration | undefined =>
  registration.safeParse(body).data;

/** Reads what a browser sent; undefined for anything else. */
export const readAuthentication = (body: unknown): SentAuthentication | undefined =>
  authentication.safeParse(body).data;

/** Whether a browser says that it was asked from within another site's page (Web Authentication, section 5.8.1). */
export function cameFromFrame(clientDataJson: string): boolean {
  try {
    const told: unknown = JSON.parse(Buffer.from(clientDataJson, "base64url").toString("utf8"));
    return typeof told === "object" && told !== null && "crossOrigin" in told && told.crossOrigin === true;
  } catch {
    return false;
  }
}
