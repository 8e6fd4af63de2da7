import type { HeldToken } from "./attribution.ts";
import type { BindingStatus } from "./protocol/index.ts";
import type { Receiver, ReceiverFailure, RegistrationReply } from "./receiver.ts";
import {
  afterFailure,
  mustWait,
  newEntry,
  type RegistrationEntry,
  readEntries,
  withEntry,
  withoutEntry,
} from "./registration-queue.ts";
import type { Documents } from "./token-store/documents.ts";

/** What registering came to. */
export type RegisterResult =
  /** The binding that stands. `conflict`: the licence stays with another partner, whom `partner` names. */
  | { code: BindingStatus; partner: string; boundAt: string }
  /** Kept, and sent again at the next call after `retryAt` (ISO 8601) and at the next start. */
  | { code: "queued"; because: ReceiverFailure | "backing_off"; retryAt: string }
  /** The receiver refuses for good; `because` is its own code. */
  | { code: "refused"; because: string; status: number }
  | { code: "licence_absent" | "token_absent" };

/** What registering works with. */
export interface RegistrarParts {
  product: string;
  receiver: Receiver;
  documents: Documents;
  loadToken: () => Promise<HeldToken | undefined>;
  now: () => number;
  /** Told the receiver's clock whenever it answers. */
  onServerTime: (serverNow: number | undefined) => void;
}

/** Binds licences to the token's partner at the receiver. */
export interface Registrar {
  register(licence: string | undefined): Promise<RegisterResult>;
  /** Sends again what is waiting and due. */
  repeatWaiting(): Promise<void>;
}

/** Answered registrations are remembered, so a product may register at every start at no cost. */
export function createRegistrar(parts: RegistrarParts): Registrar {
  const { documents, receiver, now } = parts;
  const triedHere = new Set<string>();
  const underWay = new Map<string, Promise<RegisterResult>>();

  const entries = () => documents.readJson("registration", readEntries) ?? [];

  function entryOf(licence: string, tokenId: string): RegistrationEntry {
    const found = entries().find((entry) => entry.licence === licence && entry.tokenId === tokenId);
    return found ?? newEntry(licence, tokenId);
  }

  /** Reads the list again at each change: another process may have added to it. */
  function save(entry: RegistrationEntry): void {
    documents.writeJson("registration", withEntry(entries(), entry));
  }

  async function send(entry: RegistrationEntry, token: string): Promise<RegisterResult> {
    const { licence } = entry;
    triedHere.add(licence);
    const reply = await receiver.register({ product: parts.product, licence, token });
    if (reply.code === "answered") parts.onServerTime(reply.serverNow);
    return settle(entry, reply);
  }

  function settle(entry: RegistrationEntry, reply: RegistrationReply): RegisterResult {
    if (reply.code === "refused") {
      documents.writeJson("registration", withoutEntry(entries(), entry));
      return reply;
    }
    if (reply.code === "failed") {
      const waiting = afterFailure(entry, now(), reply.retryAfterMs);
      save(waiting);
      return { code: "queued", because: reply.because, retryAt: new Date(waiting.retryAt).toISOString() };
    }
    const { status, partner, boundAt } = reply.answer;
    save({ ...entry, retryAt: 0, askedToWait: false, answer: { status, partner, boundAt } });
    return { code: status, partner, boundAt };
  }

  /** A new start tries once whatever was waited before, unless the receiver itself asked to wait. */
  function isEarly(entry: RegistrationEntry): boolean {
    return (triedHere.has(entry.licence) || entry.askedToWait) && mustWait(entry, now());
  }

  async function register(licence: string | undefined): Promise<RegisterResult> {
    if (licence === undefined) return { code: "licence_absent" };
    const held = await parts.loadToken();
    if (held === undefined) return { code: "token_absent" };
    const entry = entryOf(licence, held.claims.jti);
    if (entry.answer !== null) {
      const { status, partner, boundAt } = entry.answer;
      return { code: status, partner, boundAt };
    }
    if (isEarly(entry)) {
      return { code: "queued", because: "backing_off", retryAt: new Date(entry.retryAt).toISOString() };
    }
    return send(entry, held.token);
  }

  /** Two calls for one licence at once are one request. */
  function registerOnce(licence: string | undefined): Promise<RegisterResult> {
    const key = licence ?? "";
    const running = underWay.get(key) ?? register(licence).finally(() => underWay.delete(key));
    underWay.set(key, running);
    return running;
  }

  return {
    register: registerOnce,
    async repeatWaiting() {
      const waiting = entries().filter((entry) => entry.answer === null && !mustWait(entry, now()));
      for (const { licence } of waiting) await registerOnce(licence);
    },
  };
}
