import type { Addresses } from "../addresses.ts";

/** An order in a list, as the command line and the admin API show it. */
export interface OrderSummary {
  shop: string;
  order: string;
  outcome: "credited" | "held" | "unattributed";
  partner: string | null;
  reason: string;
  netMinor: number;
  currency: string;
  receivedAt: string;
}

/** Why an order was credited, or was not, and all that happened to it. */
export interface DecisionRecord extends OrderSummary {
  evidence: { kind: string; route?: string; partner: string; verdict: string; reason: string }[];
  /** At the full amount, before refunds; `rate` in percent. `remainingMinor` is what refunds and disputes left. */
  credits: { partner: string; amountMinor: number; remainingMinor: number; currency: string; rate: number }[];
  lines: {
    line: string;
    product: string | null;
    quantity: number;
    netMinor: number;
    kind: string;
    lostNetMinor: number;
  }[];
  /** Absent where a partner was paid its own percentage of the whole order. */
  plan?: { id: string; version: number | null; chain: string[] } | null;
  history: { at: string; what: string; detail: Record<string, string | number | null> }[];
  /** What the renewal earned its customer, out of a partner's commission. */
  rewards?: { earned: EarnedReward[] };
}

/** A reward that a renewal earned its customer. */
export interface EarnedReward {
  reward: string;
  partner: string;
  kind: "points" | "coupon";
  state: string;
  points: number;
  /** What it costs the partner and the vendor, minor units. */
  costMinor: number;
  currency: string;
}

/** One partner's sums in one currency, minor units. */
export interface Balance {
  partner: string;
  currency: string;
  heldMinor: number;
  payableMinor: number;
  paidMinor: number;
}

/** Calls the receiver's API by a bearer token: the vendor's, or a partner's key. */
export interface Admin {
  /** @throws with the problem's detail when the receiver refuses, or when it does not answer */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
}

/** Opens the API with a bearer token. */
export function createAdmin(addresses: Addresses, token: string): Admin {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${addresses.receiver}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      signal: AbortSignal.timeout(60_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = (await answer.json()) as T & { code?: string; detail?: string };
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${json.code}: ${json.detail}`);
    return json;
  }
  return {
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
  };
}
