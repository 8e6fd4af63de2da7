import {
  healthPath,
  idPattern,
  partnerNamePattern,
  type RegistrationRequest,
  registrationPath,
  type SerialRegistrationAnswer,
  type SerialRegistrationRequest,
  serialStatuses,
  type VoucherAnswer,
  type VoucherRequest,
  voucherPath,
  withoutTrailingSlash,
} from "../protocol/index.ts";
import { isInstant } from "../protocol/moment.ts";

/** Why the receiver could not be asked; worth trying again. */
export type ReceiverFailure =
  | "receiver_unreachable"
  | "receiver_timeout"
  /** It answered 5xx, 408 or 429, or something that is not its protocol. */
  | "receiver_unhealthy";

/** Whether the receiver is there. `serverNow`: its clock, milliseconds since 1970. */
export type SignOfLife = { code: "alive"; serverNow: number | undefined } | { code: ReceiverFailure };

/** What the receiver says to what it was sent. `refused` is final, with the receiver's own code. */
export type Reply<Answer> =
  | { code: "answered"; answer: Answer; serverNow: number | undefined }
  | { code: "refused"; because: string; status: number }
  | { code: "failed"; because: ReceiverFailure; retryAfterMs: number | undefined };

/** The SDK's calls to the receiver. None throws. */
export interface Receiver {
  signOfLife(): Promise<SignOfLife>;
  register(
    request: RegistrationRequest | SerialRegistrationRequest,
  ): Promise<Reply<SerialRegistrationAnswer>>;
  redeemVoucher(request: VoucherRequest): Promise<Reply<VoucherAnswer>>;
}

/** How long a customer who clicked waits before she is sent to the shop instead. */
const signOfLifeMs = 1500;

const postMs = 5000;

/** Calls the receiver at an address. Redirects are not followed: a licence is sent to no other host. */
export function createReceiver(address: string, fetch: typeof globalThis.fetch): Receiver {
  const base = withoutTrailingSlash(address);
  return {
    signOfLife: () =>
      withinTime<SignOfLife>(
        signOfLifeMs,
        (code) => ({ code }),
        async (signal) => {
          const response = await fetch(`${base}${healthPath}`, { signal, redirect: "error" });
          response.body?.cancel().catch(() => {}); // Frees the connection; what it says does not matter.
          return response.ok
            ? { code: "alive", serverNow: dateOf(response) }
            : { code: "receiver_unhealthy" };
        },
      ),
    register: (request) => post(registrationPath, request, readBinding),
    redeemVoucher: (request) => post(voucherPath, request, readVoucher),
  };

  function post<Answer>(
    path: string,
    request: { product: string },
    read: (answer: Record<string, unknown>) => Answer | undefined,
  ): Promise<Reply<Answer>> {
    return withinTime<Reply<Answer>>(postMs, failed, async (signal) => {
      const headers = { "content-type": "application/json", accept: "application/json" };
      const body = JSON.stringify(request);
      const response = await fetch(`${base}${path}`, {
        method: "POST",
        headers,
        body,
        signal,
        redirect: "error",
      });
      const answer = ((await readJsonBody(response)) ?? {}) as Record<string, unknown>;
      if (response.status !== 200) return refusalOf(response, answer);
      const made = answer.product === request.product ? read(answer) : undefined;
      return made === undefined
        ? failed("receiver_unhealthy")
        : { code: "answered", answer: made, serverNow: dateOf(response) };
    });
  }
}

/** Races with its own clock, since a fetch that was handed in may not heed the signal. */
async function withinTime<Result>(
  limitMs: number,
  failure: (code: ReceiverFailure) => Result,
  ask: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Result>((resolve) => {
    timer = setTimeout(() => {
      resolve(failure("receiver_timeout"));
      controller.abort();
    }, limitMs);
  });
  try {
    return await Promise.race([ask(controller.signal), late]);
  } catch {
    return failure("receiver_unreachable");
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(response: Response, { code }: Record<string, unknown>): Reply<never> {
  const { status } = response;
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    const because = typeof code === "string" && /^[\w.-]{1,64}$/.test(code) ? code : `http_${status}`;
    return { code: "refused", because, status };
  }
  return { ...failed("receiver_unhealthy"), retryAfterMs: retryAfterOf(response) };
}

function failed(because: ReceiverFailure): Reply<never> & { code: "failed" } {
  return { code: "failed", because, retryAfterMs: undefined };
}

const isPartner = (value: unknown): value is string => typeof value === "string" && idPattern.test(value);

function readBinding(answer: Record<string, unknown>): SerialRegistrationAnswer | undefined {
  const { partner, status, boundAt } = answer;
  const known = serialStatuses.find((name) => name === status);
  if (known === undefined || !isInstant(boundAt)) return undefined;
  if (!isPartner(partner) && !(partner === null && known === "unassigned")) return undefined;
  return {
    product: String(answer.product),
    partner,
    status: known,
    boundAt,
    ...nameIn(answer),
    ...tokenIn(answer),
  };
}

function readVoucher(answer: Record<string, unknown>): VoucherAnswer | undefined {
  const { serial, partner, product } = answer;
  if (typeof serial !== "string" || serial === "" || !isPartner(partner)) return undefined;
  return { serial, partner, product: String(product), ...tokenIn(answer) };
}

const nameIn = ({ partnerName: name }: Record<string, unknown>) =>
  typeof name === "string" && partnerNamePattern.test(name) ? { partnerName: name } : {};

const tokenIn = ({ token }: Record<string, unknown>) => (typeof token === "string" ? { token } : {});

async function readJsonBody(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function dateOf(response: Response): number | undefined {
  const time = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(time) ? undefined : time;
}

/** Seconds or a date (RFC 9110, section 10.2.3); a receiver may not silence us for more than a day. */
function retryAfterOf(response: Response): number | undefined {
  const text = response.headers.get("retry-after");
  if (text === null) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - (dateOf(response) ?? Date.now());
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), 86_400_000);
}
