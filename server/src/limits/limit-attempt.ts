import type { LimitScope, RateLimit } from "../config/limits-config.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { Refusal } from "../words/refusal.ts";
import { chargeLimit, findLimits, giveBackToLimit, type LimitCharge, latestWhole } from "./rows/limits.ts";

type World = Pick<Deps, "config" | "store" | "clock" | "hashes">;

/** Who tries what. */
export interface Attempt {
  scope: LimitScope;
  /** The network address it comes from, as `clientAddress` tells it. */
  address?: string | undefined;
  /** Whatever else stands for one caller: a partner, a client's id, a keyed hash of a licence. */
  account?: string | undefined;
  /** How many tries it is worth; a list of a hundred addresses is a hundred. Default 1. */
  tries?: number;
}

/** Whether an attempt may be made now. */
export type Charged =
  | {
      allowed: true;
      /** Gives back a part of what was charged, from 0 to 1: `successShare` for a good guess, 1 for a fault of ours. */
      giveBack(share: number): Promise<void>;
    }
  | { allowed: false; retryAfterSeconds: number };

/** What a success is given back: a tenth stays, so that one address with many copies is not stopped, nor unlimited. */
const successShare = 0.9;

/**
 * Runs an attempt at guessing something, within the limits of its scope. Work that resolves was a success and costs
 * a tenth; one that throws a `Refusal` was a wrong guess and costs the whole; any other error is a fault of ours and
 * costs nothing. It is charged in full beforehand and durably, so that neither many attempts at once nor a killed
 * process get around it.
 *
 * @throws {Refusal} `too_many_requests`, before the work has begun; and what the work throws
 */
export async function limitAttempt<T>(deps: World, attempt: Attempt, work: () => Promise<T>): Promise<T> {
  const charged = await chargeAttempt(deps, attempt);
  if (!charged.allowed) throw tooManyRequests(charged.retryAfterSeconds);
  // Whether the store takes the rest back or not, the work is done: its answer, such as a serial, must not be lost.
  const giveBack = (share: number) => charged.giveBack(share).catch(() => {});
  try {
    const result = await work();
    await giveBack(successShare);
    return result;
  } catch (error) {
    const isGuess = error instanceof Refusal && error.code !== "busy";
    if (!isGuess) await giveBack(1);
    throw error;
  }
}

/**
 * Charges an attempt to its address and its account, unless either has used up its limit. An address that is refused
 * does not charge the account, so that nobody locks an account out from one place. Refusals write nothing.
 */
export async function chargeAttempt(deps: World, attempt: Attempt): Promise<Charged> {
  const charges = chargesOf(deps, attempt);
  const retryAfterSeconds = await deps.store.write((tx) => chargeIn(tx, charges));
  if (retryAfterSeconds !== undefined) return { allowed: false, retryAfterSeconds };
  return {
    allowed: true,
    giveBack: (share) =>
      deps.store.write(async (tx) => {
        for (const { id, cost } of charges)
          await giveBackToLimit(tx, { id, amount: Math.floor(cost * share) });
      }),
  };
}

/** The refusal of an attempt that came too soon. */
export const tooManyRequests = (retryAfterSeconds: number): Refusal =>
  new Refusal("too_many_requests", "That was tried too often. Please wait before you try again.", {
    retryAfterSeconds,
  });

/** What an attempt costs those it counts against. */
export type Charges = readonly LimitCharge[];

/**
 * Works out what an attempt costs whom, for work that charges in its own transaction. Address first, always:
 * transactions that charge the same rows lock them in one order.
 */
export function chargesOf({ config, clock, hashes }: Omit<World, "store">, attempt: Attempt): Charges {
  const { scope, address, account, tries = 1 } = attempt;
  const limits = config.limits[scope];
  const now = clock();
  const charge = (kind: string, key: string, { burst, perHour }: RateLimit): LimitCharge => ({
    id: `${scope} ${hashes.limit(`${kind} ${key}`)}`,
    now,
    cost: Math.round((tries * hourMilliseconds) / perHour),
    capacity: Math.round((burst * hourMilliseconds) / perHour),
  });
  return [
    ...(address === undefined ? [] : [charge("address", address, limits.address)]),
    ...(account === undefined ? [] : [charge("account", account, limits.account)]),
  ];
}

const hourMilliseconds = 3_600_000;

/**
 * Charges all, or answers how many seconds are to be waited. It reads first: a refusal then costs no write. What was
 * charged before another attempt came between stays: it was a try too.
 */
export async function chargeIn(tx: Tx, charges: Charges): Promise<number | undefined> {
  let wait = await longestWait(tx, charges);
  for (const charge of charges) {
    if (wait > 0) break;
    if (!(await chargeLimit(tx, charge))) wait = Math.max(1, await longestWait(tx, charges));
  }
  return wait > 0 ? Math.ceil(wait / 1000) : undefined;
}

async function longestWait(tx: Tx, charges: Charges): Promise<number> {
  const [first, second = first] = charges;
  if (first === undefined || second === undefined) return 0; // Nobody to count.
  const rows = await findLimits(tx, { one: first.id, other: second.id });
  const waits = charges.map(({ id, now, cost, capacity }) => {
    const kept = rows.find((row) => row.id === id)?.whole_at ?? now;
    const wholeAt = kept > latestWhole({ now, cost, capacity }) ? now : kept;
    // A limit that is whole grants even what is larger than it, and is then in debt.
    return wholeAt - now - Math.max(0, capacity - cost);
  });
  return Math.max(0, ...waits);
}
