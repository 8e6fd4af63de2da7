import { isIP } from "node:net";
import type { Agent } from "undici";
import { type CheckedAgentOptions, createCheckedAgent } from "./checked-agent.ts";
import { isForbiddenPort } from "./forbidden-ports.ts";
import { isPublicAddress } from "./public-network.ts";
import { SendFailure, type SendProblem } from "./send-failure.ts";

/** A request to an address that somebody else chose. */
export interface OutgoingRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** An answer; the body is cut off after `longestBodyBytes`. */
export interface OutgoingResponse {
  status: number;
  headers: Headers;
  body: string;
}

/** How requests are sent. */
export interface SenderOptions
  extends Pick<CheckedAgentOptions, "resolve" | "isPublic" | "connectMilliseconds" | "connections"> {
  /** Hosts, as `host` or `host:port`, that may be private and may be asked by plain http: for tests and the demo. */
  allowPrivate?: readonly string[];
  /** From the first byte to the last, connecting included. */
  wholeMilliseconds?: number;
}

/** Sends requests to addresses that others chose, safely. */
export interface Sender {
  /**
   * Sends a request and reads the answer; a redirect is an answer like any other.
   *
   * @throws {SendFailure} when there is no answer
   */
  send(request: OutgoingRequest, signal?: AbortSignal): Promise<OutgoingResponse>;
  /** The longest that `send` takes. */
  readonly wholeMilliseconds: number;
  close(): Promise<void>;
}

/** How much of an answer is read. */
export const longestBodyBytes = 65_536;

/** A sender with connections of its own. */
export function createSender(options: SenderOptions = {}): Sender {
  const { wholeMilliseconds = 15_000, allowPrivate = [], ...connecting } = options;
  const allowed = new Set(allowPrivate.map((host) => host.toLowerCase()));
  const isAllowed = (host: string, port: string) => allowed.has(host) || allowed.has(`${host}:${port}`);
  const agent = createCheckedAgent({ ...connecting, isAllowed });
  return {
    wholeMilliseconds,
    send: async (request, signal) => {
      const url = addressOf(request.url, isAllowed);
      const late = AbortSignal.timeout(wholeMilliseconds);
      const ends = signal === undefined ? late : AbortSignal.any([late, signal]);
      try {
        return await exchange(agent, url, request, ends);
      } catch (error) {
        throw signal?.aborted ? new SendFailure("stopped") : failureOf(error, late.aborted);
      }
    },
    close: () => agent.destroy(),
  };
}

/** What is wrong with an address to send to, whatever a name in it resolves to; nothing for a fit one. */
export function addressProblem(address: string, allowPrivate: readonly string[] = []): string | undefined {
  const url = URL.parse(address);
  if (url === null) return "expected an https address";
  const name = hostOf(url);
  const isAllowed = allowPrivate.includes(name) || allowPrivate.includes(`${name}:${url.port}`);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isAllowed))
    return "expected an https address";
  // A name is looked up when something is sent: what it resolves to may change.
  if (isIP(name) !== 0 && !isAllowed && !isPublicAddress(name))
    return "expected an address of the public Internet";
  if (url.username !== "" || url.password !== "") return "expected an address without user name and password";
  if (isForbiddenPort(url.port)) return `expected another port: nothing is ever sent to ${url.port}`;
  return url.hash === "" ? undefined : "expected an address without a fragment";
}

/** As agents and people write it: without the brackets of IPv6. */
const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, "");

function addressOf(address: string, isAllowed: (host: string, port: string) => boolean): URL {
  const url = URL.parse(address);
  if (url === null || url.username !== "" || url.password !== "") throw new SendFailure("address_invalid");
  const plain = url.protocol === "http:" && isAllowed(hostOf(url), url.port);
  if (url.protocol !== "https:" && !plain) throw new SendFailure("address_invalid");
  return url;
}

async function exchange(
  agent: Agent,
  url: URL,
  { method, headers, body }: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingResponse> {
  // The global fetch, so that tests can stand in for a foreign host.
  const init = {
    method,
    headers: { "accept-encoding": "identity", "user-agent": "tallystick", ...headers },
    redirect: "manual",
    signal,
    // Node's own types are those of an older undici.
    dispatcher: agent as object,
    ...(body === undefined ? {} : { body }),
  };
  const response = await fetch(url, init as RequestInit);
  return { status: response.status, headers: response.headers, body: await readStart(response) };
}

/** Reads at most so much of a body, and lets go of the rest. */
async function readStart(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (response.body === null) return "";
  for await (const chunk of response.body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= longestBodyBytes) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, longestBodyBytes));
}

/** Words of ours for what went wrong, from the codes of Node and undici alone. */
function failureOf(error: unknown, isLate: boolean): SendFailure {
  if (isLate) return new SendFailure("timeout");
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one instanceof SendFailure) return one;
    const code = String((one as { code?: unknown }).code ?? "");
    const [, problem] = codes.find(([pattern]) => pattern.test(code)) ?? [];
    if (problem !== undefined) return new SendFailure(problem);
    if (one instanceof AggregateError && one.errors.length > 0) one.cause ??= one.errors[0];
  }
  return new SendFailure("answer_broken");
}

const codes: readonly (readonly [RegExp, SendProblem])[] = [
  [/^UND_ERR_CONNECT_TIMEOUT$|^ETIMEDOUT$|^UND_ERR_(HEADERS|BODY)_TIMEOUT$/, "timeout"],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, "connect_failed"],
  // The names of OpenSSL's X509_V_ERR_ codes, and Node's own for a name: https://nodejs.org/api/tls.html
  [/^ERR_TLS_CERT_ALTNAME_/, "certificate_of_other_name"],
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, "certificate_expired"],
  [/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA$)/, "certificate_untrusted"],
  [/^(ERR_TLS|ERR_SSL|EPROTO)/, "tls_failed"],
  [/^(ENOTFOUND|EAI_AGAIN)$/, "name_unresolved"],
];
