import type { HeldToken } from "../attribution/attribution.ts";
import type { Documents } from "../documents/documents.ts";
import type { BindingStatus, SerialRegistrationAnswer } from "../protocol/index.ts";
import type { Receiver, ReceiverFailure, Reply } from "./receiver.ts";
import {
  afterFailure,
  isFresh,
  isSettled,
  mustWait,
  newEntry,
  type RegistrationEntry,
  type RegistrationGround,
  readEntries,
  standsOn,
  withEntry,
  withoutEntry,
} from "./registration-queue.ts";

/** What registering came to. */
export type RegisterResult =
  /**
   * The binding that stands. `conflict`: the licence or the serial stays with another partner, whom `partner` names.
   * `partnerName` is the partner's display name, where the receiver told it.
   */
  | { code: BindingStatus; partner: string; boundAt: string; partnerName?: string }
  /** The serial is good and nobody has sold it yet, as far as the receiver knows. It is asked again each day. */
  | { code: "unassigned"; partner: null; boundAt: string }
  /** Kept, and sent again at the next call after `retryAt` (ISO 8601) and at the next start. */
  | { code: "queued"; because: ReceiverFailure | "backing_off"; retryAt: string }
  /** The receiver refuses for good; `because` is its own code. */
  | { code: "refused"; because: string; status: number }
  /** `withheld`: by the option `send`, nothing may leave the device yet. */
  | { code: "licence_absent" | "token_absent" | "withheld" };

/** What registering works with. */
export interface RegistrarParts {
  product: string;
  receiver: Receiver;
  documents: Documents;
  loadToken: () => Promise<HeldToken | undefined>;
  /** Told the token of the partner that a serial leads to. */
  keepToken: (token: string) => Promise<unknown>;
  /** Hands out, once, tokens of other partners that the copy carries too. */
  takeOtherTokens: () => string[];
  now: () => number;
  /** Whether something may be sent now. */
  mayRegister: () => boolean;
  /** Told the receiver's clock whenever it answers. */
  onServerTime: (serverNow: number | undefined) => void;
}

/** Binds licences to the partner of the token, or of the serial, at the receiver. */
export interface Registrar {
  /**
   * By the serial when one is given, whose licence it is too when there is none; by the token otherwise. `expiresAt` is
   * told with it, ISO 8601, and once more when it has changed.
   */
  register(
    licence: string | undefined,
    serial?: string | undefined,
    expiresAt?: string | undefined,
  ): Promise<RegisterResult>;
  /** The partner's display name, as the receiver told it last. */
  nameOf(partner: string): string | null;
  /** The partner whom the receiver named last for any licence. */
  lastPartner(): string | undefined;
  /** Sends again what is waiting and due. */
  repeatWaiting(): Promise<void>;
}

const dayMs = 86_400_000;

/** Answered registrations are remembered, so a product may register at every start at no cost. */
export function createRegistrar(parts: RegistrarParts): Registrar {
  const { documents, receiver, now, product } = parts;
  const triedHere = new Set<string>();
  const termsTold = new Set<string>();
  const underWay = new Map<string, Promise<RegisterResult>>();

  const entries = () => documents.readJson("registration", readEntries) ?? [];

  /** Reads the list again at each change: another process may have added to it. */
  function save(entry: RegistrationEntry): void {
    documents.writeJson("registration", withEntry(entries(), entry));
  }

  async function send(entry: RegistrationEntry, token: string): Promise<RegisterResult> {
    const { licence, serial, expiresAt } = entry;
    triedHere.add(licence);
    const ground = {
      ...(serial === undefined ? { licence, token } : { licence, serial }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
    const askedAt = now();
    const reply = await receiver.register({ product, ...ground });
    if (reply.code === "answered") {
      parts.onServerTime(reply.serverNow);
      if (serial !== undefined && reply.answer.token !== undefined) await parts.keepToken(reply.answer.token);
      if (serial === undefined && reply.answer.status !== "conflict") await tellOthers(licence);
    }
    return settle(entry, reply, askedAt);
  }

  /** The first writer wins, so what comes behind it is a conflict that the receiver notes. Told once, come what may. */
  async function tellOthers(licence: string): Promise<void> {
    for (const token of parts.takeOtherTokens()) await receiver.register({ product, licence, token });
  }

  function settle(
    entry: RegistrationEntry,
    reply: Reply<SerialRegistrationAnswer>,
    askedAt: number,
  ): RegisterResult {
    if (reply.code !== "answered" && entry.answer !== null && isSettled(entry)) {
      // Asked again for the name alone: what stands stays, whatever became of its token since.
      const { expiresAt: _, ...kept } = entry;
      save({ ...kept, answer: { ...entry.answer, askedAt } });
      return resultOf(entry.answer);
    }
    if (reply.code === "refused") {
      documents.writeJson("registration", withoutEntry(entries(), entry));
      return reply;
    }
    if (reply.code === "failed") {
      const waiting = afterFailure(entry, now(), reply.retryAfterMs);
      save(waiting);
      return { code: "queued", because: reply.because, retryAt: new Date(waiting.retryAt).toISOString() };
    }
    const { status, partner, boundAt, partnerName } = reply.answer;
    const answer = { status, partner, boundAt, askedAt, ...(partnerName && { partnerName }) };
    const answered = { ...entry, askedToWait: false, answer };
    save({ ...answered, retryAt: isSettled(answered) ? 0 : now() + dayMs });
    return resultOf(answered.answer);
  }

  /** A new start tries once whatever was waited before, unless the receiver itself asked to wait. */
  function isEarly(entry: RegistrationEntry): boolean {
    return (triedHere.has(entry.licence) || entry.askedToWait) && mustWait(entry, now());
  }

  async function register(
    licence: string | undefined,
    serial?: string,
    expiresAt?: string,
  ): Promise<RegisterResult> {
    const named = licence ?? serial;
    if (named === undefined) return { code: "licence_absent" };
    const held = serial === undefined ? await parts.loadToken() : undefined;
    if (serial === undefined && held === undefined) return { code: "token_absent" };
    const ground: RegistrationGround = { licence: named, tokenId: held?.claims.jti ?? "", serial };
    const kept = entries().find((one) => standsOn(one, ground)) ?? newEntry(ground);
    // A new end is told once in a process, whatever becomes of it; without a word on it nothing is sent of it.
    const term = `${named} ${expiresAt}`;
    const isNews = expiresAt !== undefined && expiresAt !== kept.expiresAt && !termsTold.has(term);
    const entry = { ...kept, expiresAt };
    const stands = isSettled(entry) ? isFresh(entry, now()) && !isNews : mustWait(entry, now());
    if (entry.answer !== null && (stands || !parts.mayRegister())) return resultOf(entry.answer);
    if (!parts.mayRegister()) return { code: "withheld" };
    if (isEarly(entry)) {
      return { code: "queued", because: "backing_off", retryAt: new Date(entry.retryAt).toISOString() };
    }
    termsTold.add(term);
    return send(entry, held?.token ?? "");
  }

  /** Two calls for one licence at once are one request. */
  function registerOnce(
    licence: string | undefined,
    serial?: string,
    expiresAt?: string,
  ): Promise<RegisterResult> {
    const key = JSON.stringify([licence, serial, expiresAt]);
    const running =
      underWay.get(key) ?? register(licence, serial, expiresAt).finally(() => underWay.delete(key));
    underWay.set(key, running);
    return running;
  }

  return {
    register: registerOnce,
    nameOf: (partner) =>
      entries().findLast(({ answer }) => answer?.partner === partner && answer.partnerName)?.answer
        ?.partnerName ?? null,
    lastPartner: () =>
      entries().findLast(({ answer }) => answer?.partner && answer.status !== "conflict")?.answer?.partner ??
      undefined,
    async repeatWaiting() {
      const waiting = entries().filter((entry) => !isSettled(entry) && !mustWait(entry, now()));
      for (const { licence, serial, expiresAt } of waiting) await registerOnce(licence, serial, expiresAt);
    },
  };
}

function resultOf({
  status,
  partner,
  boundAt,
  partnerName,
}: NonNullable<RegistrationEntry["answer"]>): RegisterResult {
  if (status === "unassigned" || partner === null) return { code: "unassigned", partner: null, boundAt };
  return { code: status, partner, boundAt, ...(partnerName && { partnerName }) };
}
