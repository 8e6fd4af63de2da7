import { z } from "zod";
import { suspicionCodes, suspicionPolicyNames } from "../attribution/suspicion-codes.ts";
import { secretSource } from "./secret-source.ts";

const whatToDo = z.enum(suspicionPolicyNames);

const count = (least: number) =>
  z
    .int("expected a whole number")
    .min(least, `expected at least ${least}`)
    .max(10_000_000, "expected at most 10000000");

/** Judges an address that is asked about licences; loopback may be plain, for a licence system beside the receiver. */
function checkAddressProblem(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || /[\s\\]/.test(text)) return "expected an https address";
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback))
    return "expected an https address";
  return url.username === "" && url.password === "" && url.hash === ""
    ? undefined
    : "expected an address without user name, password and fragment";
}

const licenceCheck = z.strictObject({
  url: z
    .string()
    .superRefine((text, context) => {
      const message = checkAddressProblem(text);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .describe("Asked by POST whether a licence exists and when it was sold"),
  secret: secretSource.describe("Signs the question as Standard Webhooks does"),
  timeoutSeconds: z
    .int()
    .min(1, "expected at least 1 second")
    .max(60, "expected at most 60 seconds")
    .default(5),
});

/** `trust`: what is done about what looks stolen. */
export const trustConfig = z
  .strictObject({
    suspicions: z
      .partialRecord(z.enum(suspicionCodes), whatToDo)
      .default({})
      .describe(
        "What is done about each suspicion: `hold` has the order wait for a person (the default), `note` only says it, `off` does not look",
      ),
    registrations: z
      .strictObject({
        perAddressPerHour: count(1)
          .default(300)
          .describe("Licences that one network address may register in an hour"),
        perLicencePerDay: count(1).default(50).describe("How often one licence may be registered in a day"),
        claimsPerTokenPerDay: count(1)
          .default(5_000)
          .describe("Licences that one token may register in a day"),
      })
      .prefault({}),
    licenceCheck: licenceCheck.optional().describe("The vendor's own licence system, where it can be asked"),
  })
  .prefault({});

/** `trust` after parsing. */
export type TrustConfig = z.output<typeof trustConfig>;
