import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";
import type { Deps } from "../../server/src/deps/deps.ts";
import { openCourier } from "../../server/src/mail/courier.ts";
import { sendDueMail } from "../../server/src/mail/send-due.ts";
import { noticeGates, tellNotices } from "../../server/src/mail/tell-notices.ts";
import { noteNotice } from "../../server/src/notices/notices.ts";
import { isBuyer } from "../../server/src/persons/rows/persons.ts";
import { signInGates } from "../../server/src/sign-in/gates.ts";
import { as } from "../../server/src/words/ids.ts";
import { openPeople } from "../access/access-world.ts";
import type { Bench } from "../postgres/on-every-engine.ts";

/** A real mail server on loopback, and what it took. */
export async function openMailServer() {
  const taken: ParsedMail[] = [];
  /** What the server says to a recipient, instead of taking the mail: a code and a text. */
  const moods = new Map<string, { code: number; text: string }>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _session, callback) => {
      const mood = moods.get(address);
      callback(mood === undefined ? null : Object.assign(new Error(mood.text), { responseCode: mood.code }));
    },
    onData: (stream, _session, callback) => {
      simpleParser(stream).then((mail) => {
        taken.push(mail);
        callback();
      }, callback);
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { taken, moods, url: `smtp://127.0.0.1:${port}` };
}

/** Everybody of the access world, with a mail server to which all is sent that is due. */
export async function openMailing(bench: Bench, config: Record<string, unknown> = {}) {
  const mails = await openMailServer();
  const mail = { from: "Acme <partners@acme.example>", smtp: { url: mails.url } };
  const world = await openPeople(bench, { mail, ...config });
  const { deps } = world;
  if (deps.config.mail === undefined) throw new Error("no mail is configured");
  const { issuer, brand } = deps.config;
  const courier = await openCourier({ config: deps.config.mail, issuer, brand });
  onTestFinished(() => courier.close());
  const gates = { ...noticeGates, ...signInGates(isBuyer) };
  const flush = async () => {
    await tellNotices(deps);
    await sendDueMail(deps, { courier, gates, chance: () => 0.5 });
  };
  await flush();
  mails.taken.length = 0;
  /** The mail that an address got, the newest last. */
  const mailTo = (address: string) =>
    mails.taken.filter(({ to }) => [to].flat().some((one) => one?.text === address));
  return { ...world, ...mails, courier, gates, flush, mailTo };
}

/** The code in a mail. */
export const codeIn = (mail: ParsedMail | undefined): string =>
  /^ {4}(\d{4} \d{4})$/m.exec(mail?.text ?? "")?.[1] ?? "";

/** The link in a mail. */
export const linkIn = (mail: ParsedMail | undefined): URL =>
  new URL(/https?:\/\/\S+/.exec(mail?.text ?? "")?.[0] ?? "about:blank");

/** Notes that a statement of `north` is ready, once for what `once` names. */
export const noteStatement = ({ store, clock }: Pick<Deps, "store" | "clock">, once: string) =>
  store.write((tx) =>
    noteNotice(
      tx,
      {
        kind: "statement.ready",
        partner: as.partner("north"),
        facts: {
          number: "S-2027-00001",
          period: "2027-11",
          amountMinor: 123_456,
          currency: as.currency("EUR"),
        },
      },
      { once, now: clock() },
    ),
  );
