import { z } from "zod";
import { isEmailAddress } from "../words/email-address.ts";
import { filePath, secretSource } from "./secret-source.ts";

const from = z
  .string()
  .refine(
    (text) => isEmailAddress(/^[^<>\p{Cc}"]{1,100} <([^<>]+)>$/u.exec(text)?.[1] ?? text),
    "expected an e-mail address, or one with a name: Acme <partners@acme.example>",
  )
  .describe("Who all mail comes from, such as `Acme <partners@acme.example>`");

/** Of mail that leaves no machine, in a domain that nobody can have (RFC 2606). */
const fromNobody = from.default("noreply@receiver.invalid");

const smtp = z.strictObject({
  url: z
    .url({ protocol: /^smtps?$/, error: "expected smtp://HOST:PORT or smtps://HOST:PORT" })
    .refine(
      // Asked as well where it is no address, of which the first check has said so.
      (url) => !URL.canParse(url) || new URL(url).password === "",
      "expected no password here: name it in `secret`",
    )
    .describe("The mail server, with the user's name before the host; smtp:// must offer STARTTLS"),
  secret: secretSource.optional().describe("The user's password"),
});

/** `mail`: how the receiver sends mail; without it, it sends none. */
export const mailConfig = z
  .union([z.strictObject({ from, smtp }), z.strictObject({ from: fromNobody, folder: filePath })], {
    error: "expected `from` with `smtp`, or `folder` for development",
  })
  .optional()
  .describe("How mail is sent: by a server, or for development into files of a folder");
/** How mail is sent. The password is only named. */
export type MailConfig = NonNullable<z.output<typeof mailConfig>>;
