import { createHash, randomBytes, randomInt } from "node:crypto";
import type { Deps } from "../deps/deps.ts";
import { chargeAttempt, tooManyRequests } from "../limits/limit-attempt.ts";
import { enqueueMail } from "../mail/mails.ts";
import { mailTexts } from "../messages/mail/index.ts";
import { speak } from "../messages/speak.ts";
import { sealText } from "../secrets/seal.ts";
import { instant } from "../words/clock.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { Refusal } from "../words/refusal.ts";
import { deleteRunOutSignIns, insertSignIn } from "./rows/sign-ins.ts";

/** What a sign-in needs of the world. */
export type SignInNeeds = Pick<Deps, "config" | "store" | "clock" | "hashes" | "log">;

/** How long a code and a link count. */
export const signInMinutes = 15;

/** Who asks to be let in, and from where. */
export interface BeginSignIn {
  mail: string;
  audience: "people" | "customer";
  destination: string | undefined;
  /** The network address, as `clientAddressOf` tells it. */
  address: string;
  /** The languages that the browser asks for. */
  languages: readonly string[];
}

/** A code as people read it: eight digits. Ten at a time, an attacker needs some hundred thousand years for one. */
const newCode = (): string => String(randomInt(100_000_000)).padStart(8, "0");

/** A secret's hash, for what has 256 random bits. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** Keyed, since a code can be tried out at leisure by whoever has the database; with the browser, since it is its alone. */
export const hashOfCode = (hashes: Deps["hashes"], browserHash: string, code: string): string =>
  hashes.signIn(`code ${browserHash} ${code}`);

/**
 * Begins a sign-in. Whether anybody may sign in by the address is not asked here but when the mail is due, by the gate
 * of mail of the kinds `sign-in` and `sign-in-customer`. So the response, and the work it takes, is the same for every
 * address.
 *
 * @returns what the browser's cookie is to carry
 * @throws {Refusal} `request_invalid` for what is no address, `too_many_requests`
 */
export async function beginSignIn(deps: SignInNeeds, asked: BeginSignIn): Promise<string> {
  const { clock, config, hashes, store } = deps;
  const mail = asked.mail.trim();
  if (!isEmailAddress(mail)) throw new Refusal("request_invalid", "That is not an e-mail address.");
  const mailHash = hashes.email(mail);
  const charged = await chargeAttempt(deps, { scope: "signIn", address: asked.address, account: mailHash });
  if (!charged.allowed) throw tooManyRequests(charged.retryAfterSeconds);
  const browser = randomBytes(32).toString("base64url");
  const link = randomBytes(32).toString("base64url");
  const code = newCode();
  const browserHash = hashOf(browser);
  const now = clock();
  const expiresAt = instant(now + signInMinutes * 60_000);
  const { say, tag, direction } = await speak(mailTexts, asked.languages);
  await store.write(async (tx) => {
    await deleteRunOutSignIns(tx, { now: instant(now - 3_600_000), limit: 20 });
    await insertSignIn(tx, {
      browser_hash: browserHash,
      link_hash: hashOf(link),
      code_hash: hashOfCode(hashes, browserHash, code),
      mail_hash: mailHash,
      mail: sealText(mail, Buffer.from(browserHash), hashes.mailAddressKey),
      audience: asked.audience,
      destination: asked.destination ?? null,
      tries: 0,
      begun_at: now,
      expires_at: expiresAt,
      used_at: null,
    });
    await enqueueMail(tx, deps, {
      kind: asked.audience === "people" ? "sign-in" : "sign-in-customer",
      to: mail,
      once: browserHash,
      urgent: true,
      expiresAt,
      letter: {
        subject: say("sign_in_subject", { name: config.brand.name }),
        paragraphs: [say("sign_in_text", { minutes: signInMinutes })],
        code: `${code.slice(0, 4)} ${code.slice(4)}`,
        action: { label: say("sign_in_action"), url: `${config.issuer}/sign-in/link?t=${link}` },
        small: [say("sign_in_small")],
        language: { tag, direction },
      },
    });
  });
  return browser;
}
