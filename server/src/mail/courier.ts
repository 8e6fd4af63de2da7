import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Brand } from "../config/brand-config.ts";
import type { MailConfig } from "../config/mail-config.ts";
import { makeFolder } from "../store/make-folder.ts";
import { type Letter, renderLetter } from "./letter.ts";

/** What hands mail over: to a server, or into a folder. */
export interface Courier {
  /** Hands one mail over. Rejects with a `MailFailure` when it was not taken. */
  send(mail: { id: string; to: string; letter: Letter }): Promise<void>;
  /** Whether the server can be reached and lets us in. Rejects with a `MailFailure`. */
  verify(): Promise<void>;
  close(): void;
}

/** A mail that was not taken. */
export class MailFailure extends Error {
  override readonly name = "MailFailure";
  /** Whether another attempt may help: not when the server refused the address for good. */
  readonly isLasting: boolean;
  /** Whether it was the recipient that the server refused for good: nothing else will reach that address either. */
  readonly isBounce: boolean;

  constructor(message: string, { isLasting, cause }: { isLasting: boolean; cause?: unknown }) {
    super(message, { cause });
    this.isLasting = isLasting;
    this.isBounce = isLasting && message.startsWith("RCPT TO: ");
  }
}

/** Where mail comes from. */
interface Origin {
  config: MailConfig;
  /** The receiver's own address: its host stands in the ids of mail. */
  issuer: string;
  brand: Brand;
  /** The password of the mail server's user. */
  password?: string | undefined;
}

/** Opens what hands mail over. nodemailer is read only now: the command line stays light without it. */
export async function openCourier({ config, issuer, brand, password }: Origin): Promise<Courier> {
  const { createTransport } = await import("nodemailer");
  const messageOf = ({ id, to, letter }: { id: string; to: string; letter: Letter }) => ({
    ...renderLetter(letter, brand),
    from: config.from,
    to: { name: "", address: to },
    // The same at each attempt, so that what a server took twice can be told.
    messageId: `<${id}@${new URL(issuer).hostname}>`,
    headers: headersOf(letter),
    // What a letter says is text: it must never name a file or an address that would be read into it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  if ("folder" in config) {
    const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
    return {
      send: async (mail) => {
        const { message } = await transport.sendMail(messageOf(mail));
        await writeWhole(config.folder, `${mail.id}.eml`, message as Buffer);
      },
      verify: async () => makeFolder(config.folder, 0o700),
      close: () => transport.close(),
    };
  }
  const { protocol, hostname, port, username } = new URL(config.smtp.url);
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (protocol === "smtps:" ? 465 : 587) : Number(port),
    secure: protocol === "smtps:",
    requireTLS: protocol === "smtp:" && !isLocal,
    ignoreTLS: protocol === "smtp:" && isLocal,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    ...(username === "" ? {} : { auth: { user: decodeURIComponent(username), pass: password ?? "" } }),
  });
  return {
    send: async (mail) => void (await transport.sendMail(messageOf(mail)).catch(failWith)),
    verify: async () => void (await transport.verify().catch(failWith)),
    close: () => transport.close(),
  };
}

/** No answering machine answers (RFC 3834), and one click ends what can be ended (RFC 2369, RFC 8058). */
function headersOf({ unsubscribeUrl }: Letter): Record<string, string> {
  return {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    ...(unsubscribeUrl === undefined
      ? {}
      : { "List-Unsubscribe": `<${unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
  };
}

/** Whoever watches the folder never reads half a file. */
async function writeWhole(folder: string, name: string, bytes: Buffer): Promise<void> {
  makeFolder(folder, 0o700);
  await writeFile(join(folder, `.${name}`), bytes, { mode: 0o600 });
  await rename(join(folder, `.${name}`), join(folder, name));
}

/** What a mail server or the way to it failed with: codes from 500 on are for good (RFC 5321, section 4.2.1). */
function failWith(error: unknown): never {
  const { responseCode, code, command } = error as { responseCode?: number; code?: string; command?: string };
  const answer = responseCode === undefined ? (code ?? "no answer") : `answer ${responseCode}`;
  // A wrong password is the vendor's to mend: until then mail waits.
  const isLasting = responseCode !== undefined && responseCode >= 500 && code !== "EAUTH";
  throw new MailFailure(`${command ?? "connection"}: ${answer}`, { isLasting, cause: error });
}
