import type { Config } from "../config/config.ts";
import { ConfigError } from "../config/config-error.ts";
import type { Environment } from "../config/load-config.ts";
import { readMailPassword } from "../config/secrets.ts";
import { mailTexts } from "../messages/mail/index.ts";
import { speak } from "../messages/speak.ts";
import { wantedLanguages } from "../pages/app-page.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { randomHex } from "../words/random-hex.ts";
import { Refusal } from "../words/refusal.ts";
import { MailFailure, openCourier } from "./courier.ts";

/**
 * Sends a test mail past all waiting mail.
 *
 * @throws {ConfigError} when no mail is configured
 * @throws {Refusal} `request_invalid` for what is no address; `busy` with what the server said when it did not take it
 */
export async function sendTestMail(
  config: Pick<Config, "mail" | "issuer" | "brand">,
  address: string,
  env: Environment,
): Promise<{ to: string; by: string }> {
  if (config.mail === undefined)
    throw new ConfigError([{ path: "mail", message: "expected how mail is sent; see docs/mail.md" }]);
  if (!isEmailAddress(address)) throw new Refusal("request_invalid", "That is not an e-mail address.");
  const password = readMailPassword(config, env);
  const courier = await openCourier({ ...config, config: config.mail, password });
  const { say, tag, direction } = await speak(mailTexts, wantedLanguages(config.brand, {}));
  const { name } = config.brand;
  try {
    await courier.send({
      id: `test-${randomHex(12)}`,
      to: address,
      letter: {
        subject: say("test_subject", { name }),
        paragraphs: [say("test_text", { name })],
        language: { tag, direction },
      },
    });
  } catch (error) {
    if (!(error instanceof MailFailure)) throw error;
    throw new Refusal("busy", `The mail was not taken. ${error.message}`, { cause: error });
  } finally {
    courier.close();
  }
  return {
    to: address,
    by: "folder" in config.mail ? config.mail.folder : new URL(config.mail.smtp.url).host,
  };
}
