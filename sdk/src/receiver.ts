import {
  bindingStatuses,
  healthPath,
  idPattern,
  type RegistrationAnswer,
  type RegistrationRequest,
  registrationPath,
  withoutTrailingSlash,
} from "./protocol/index.ts";

/** Why the receiver could not be asked; worth trying again. */
export type ReceiverFailure =
  | "receiver_unreachable"
  | "receiver_timeout"
  /** It answered 5xx, 408 or 429, or something that is not its protocol. */
  | "receiver_unhealthy";

/** Whether the receiver is there. `serverNow`: its clock, milliseconds since 1970. */
export type SignOfLife = { code: "alive"; serverNow: number | undefined } | { code: ReceiverFailure };

/** What the receiver says to a registration. `refused` is final, with the receiver's own code. */
export type RegistrationReply =
  | { code: "answered"; answer: RegistrationAnswer; serverNow: number | undefined }
  | { code: "refused"; because: string; status: number }
  | { code: "failed"; because: ReceiverFailure; retryAfterMs: number | undefined };

/** The SDK's calls to the receiver. Neither throws. */
export interface Receiver {
  signOfLife(): Promise<SignOfLife>;
  register(request: RegistrationRequest): Promise<RegistrationReply>;
}

/** How long a customer who clicked waits before she is sent to the shop instead. */
const signOfLifeMs = 1500;

const registrationMs = 5000;

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
    register: (request) =>
      withinTime(registrationMs, failed, async (signal) => {
        const headers = { "content-type": "application/json", accept: "application/json" };
        const body = JSON.stringify(request);
        const url = `${base}${registrationPath}`;
        const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "error" });
        return readReply(response, await readJsonBody(response), request);
      }),
  };
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

function readReply(response: Response, body: unknown, request: RegistrationRequest): RegistrationReply {
  const { status } = response;
  if (status === 200) {
    const answer = readAnswer(body, request);
    return answer ? { code: "answered", answer, serverNow: dateOf(response) } : failed("receiver_unhealthy");
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    const { code } = (body ?? {}) as { code?: unknown };
    const because = typeof code === "string" && /^[\w.-]{1,64}$/.test(code) ? code : `http_${status}`;
    return { code: "refused", because, status };
  }
  return { ...failed("receiver_unhealthy"), retryAfterMs: retryAfterOf(response) };
}

function failed(because: ReceiverFailure): RegistrationReply & { code: "failed" } {
  return { code: "failed", because, retryAfterMs: undefined };
}

function readAnswer(body: unknown, request: RegistrationRequest): RegistrationAnswer | undefined {
  const { product, partner, status, boundAt } = (body ?? {}) as Record<string, unknown>;
  if (product !== request.product || typeof partner !== "string" || !idPattern.test(partner))
    return undefined;
  const known = bindingStatuses.find((name) => name === status);
  if (known === undefined || typeof boundAt !== "string" || Number.isNaN(Date.parse(boundAt)))
    return undefined;
  return { product: request.product, partner, status: known, boundAt };
}

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
  const wait = /^\d{1,6}$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - (dateOf(response) ?? Date.now());
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), 86_400_000);
}
