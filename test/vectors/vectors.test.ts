import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  createKeySet,
  idempotencyKeyPattern,
  type JsonWebKeySet,
  readRenewalQuery,
  readVoucherCode,
  renewalLink,
  TallystickError,
  verifyToken,
} from "@tallystick/sdk/protocol";
import { bytesSource, readStamp, StampError } from "@tallystick/sdk/stamp";
import { describe, expect, it } from "vitest";
import { decodeStampFrame } from "../../sdk/src/protocol/stamp-frame.ts";
import { shopAddress } from "../../sdk/src/receiver/opening.ts";
import { createReceiver } from "../../sdk/src/receiver/receiver.ts";
import { zoneCalendar } from "../../sdk/src/renewal/calendar.ts";
import { type Licence, licenceFault, readLicence } from "../../sdk/src/renewal/licence.ts";
import { dueReminder, type ReminderHistory } from "../../sdk/src/renewal/reminder.ts";
import { renewalStatus } from "../../sdk/src/renewal/status.ts";
import { vectorFiles, vectorFolder } from "./make/make-vectors.ts";

type Vectors<Name extends keyof typeof vectorFiles> = Awaited<ReturnType<(typeof vectorFiles)[Name]>>;

/** The files are what another language's client is tested with, so they are what is tested here. */
const read = <Name extends keyof typeof vectorFiles>(name: Name): Vectors<Name> =>
  JSON.parse(readFileSync(new URL(name, vectorFolder), "utf8"));

/** What a function returns, or the code that it throws. */
async function outcomeOf<Value>(work: () => Value | Promise<Value>): Promise<Value | { code: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TallystickError || error instanceof StampError) return { code: error.code };
    throw error;
  }
}

describe("the protocol's vectors", () => {
  it("are the files that the script makes", async () => {
    expect(readdirSync(vectorFolder).sort()).toEqual(Object.keys(vectorFiles).sort());
    for (const [name, make] of Object.entries(vectorFiles))
      expect(read(name as keyof typeof vectorFiles)).toEqual(JSON.parse(JSON.stringify(await make())));
  });

  const tokens = read("tokens.json");
  it.each(tokens.vectors)("token: $name", async (vector) => {
    const keys = createKeySet(tokens.keys as JsonWebKeySet);
    const { issuer, product, nowMs } = tokens.expected;
    const verified = await verifyToken(vector.token, { keys, issuer, product, now: nowMs });
    expect(verified).toEqual(
      "accepted" in vector
        ? { ok: true, kid: "2026-a", claims: vector.accepted }
        : { ok: false, code: vector.code },
    );
  });

  it.each(read("key-sets.json").vectors)("key set: $name", async (vector) => {
    const outcome = await outcomeOf(() => createKeySet(vector.set as never).kids);
    expect(outcome).toEqual("kids" in vector ? vector.kids : { code: vector.code });
  });

  const links = read("links.json");
  it.each(links.vectors)("link: $link", (vector) => {
    expect(renewalLink(vector.parts)).toBe(vector.link);
    expect(readRenewalQuery(new URL(vector.link).searchParams)).toEqual(vector.read);
  });

  it.each(links.queries)("query: $query", ({ query, read: expected }) => {
    expect(readRenewalQuery(query)).toEqual(expected);
  });

  it.each(links.shops)("shop: $address", ({ shopUrl, product, licence, address }) => {
    expect(shopAddress(shopUrl, product, licence)).toBe(address);
  });

  interface AnswerVector {
    name: string;
    request: unknown;
    answer: { status: number; body: unknown; headers?: Record<string, string> };
    result: unknown;
  }
  it.each([
    ...read("registrations.json").vectors.map((vector: AnswerVector) => ({ ...vector, call: "register" })),
    ...read("vouchers.json").answers.map((vector: AnswerVector) => ({ ...vector, call: "redeemVoucher" })),
  ])("$call, answer: $name", async ({ request, answer, result, call }) => {
    const isEmpty = answer.status === 204 || answer.body === null;
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    const response = new Response(isEmpty ? null : text, {
      status: answer.status,
      headers: answer.headers ?? {},
    });
    const receiver = createReceiver("https://renew.acme.example", async () => response);
    const reply = await receiver[call as "register"](request as never);
    if (reply.code === "answered") {
      const { product, ...binding } = reply.answer;
      expect({ code: "answered", ...binding }).toEqual(result);
      expect(product).toBe("acme-paint");
    } else if (reply.code === "refused") expect(reply).toEqual(result);
    else {
      const seconds =
        reply.retryAfterMs === undefined ? {} : { retryAfterSeconds: reply.retryAfterMs / 1000 };
      expect({ code: "again", ...seconds }).toEqual(result);
    }
  });

  it.each(read("stamp-frames.json").vectors)("frame: $name", (vector) => {
    const reading = decodeStampFrame(Buffer.from(vector.bytes, "hex"));
    expect(reading.code === "stamped" ? Buffer.from(reading.payload).toString("hex") : reading.code).toBe(
      "payload" in vector ? vector.payload : vector.code,
    );
  });

  it.each(read("stamps.json").vectors)("stamp: $name", async ({ name: _, file, ...expected }) => {
    const outcome = await outcomeOf(() => readStamp(bytesSource(gunzipSync(Buffer.from(file, "base64")))));
    if ("token" in outcome) expect({ container: outcome.container, token: outcome.token }).toEqual(expected);
    else expect(outcome).toMatchObject({ code: expected.code });
  });

  const vouchers = read("vouchers.json");
  it.each(vouchers.vectors)("voucher: $name", ({ typed, code }) => {
    expect(readVoucherCode(typed) ?? null).toBe(code);
  });

  it.each(vouchers.keys)("idempotency key: $key", ({ key, accepted }) => {
    expect(idempotencyKeyPattern.test(key)).toBe(accepted);
  });

  it.each(read("statuses.json").vectors)("status: $name", (vector) => {
    if (!("status" in vector)) {
      expect(licenceFault(vector.licence)).toBe(vector.refused);
      return;
    }
    expect(renewalStatus(factsOf(vector))).toEqual(vector.status);
  });

  it.each(read("reminders.json").vectors)("reminder: $name", (vector) => {
    const { shownStage, declined } = vector.history;
    const [shownAt, snoozedUntil] = [timeOf(vector.history.shownAt), timeOf(vector.history.snoozedUntil)];
    const history = { about: "", shownStage, shownAt, snoozedUntil, declined } as ReminderHistory;
    expect(dueReminder(factsOf(vector), history, vector.shownSinceStart)).toEqual(vector.reminder);
  });
});

interface Moment {
  licence: unknown;
  now: string;
  timeZone: string;
  graceDays: number;
  lastSeenAt: string | null;
}

const timeOf = (text: string | null) => (text === null ? null : Date.parse(text));

const factsOf = ({ licence, now, timeZone, graceDays, lastSeenAt }: Moment) => ({
  licence: licence === null ? null : (readLicence(licence) as Licence),
  now: Date.parse(now),
  lastSeenAt: timeOf(lastSeenAt) ?? 0,
  graceDays,
  calendar: zoneCalendar(timeZone),
});
