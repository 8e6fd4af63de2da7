import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import { getRequestListener, RequestError } from "@hono/node-server";
import type { Log } from "../words/log.ts";
import { inRequest, requestIdOf } from "../words/request-scope.ts";
import { answerBrokenRequests } from "./broken-requests.ts";
import { type ProblemCode, problemDocument, problemMediaType, problemResponse } from "./problem.ts";
import { announcesTooMuch } from "./request-body.ts";

/** What a connection may ask of the receiver. Times in milliseconds, sizes in bytes or characters. */
export const httpLimits = {
  /** From the first byte of a request to the end of its headers. */
  headersWithin: 10_000,
  /** From the first byte of a request to the last of its body. */
  requestWithin: 30_000,
  /** How often the two above are looked at. */
  checkEvery: 1_000,
  /** How long a connection may rest between requests: longer than a load balancer's minute, so it closes first. */
  keepAlive: 65_000,
  /** How long a connection may be silent in the midst of an answer. */
  silence: 120_000,
  /** At once; more are closed unheard. By default as many as leave files for all else: see `connectionsFor`. */
  connections: Infinity,
  headerBytes: 16_384,
  headerCount: 200,
  /** A renewal link is excepted: a customer with an odd link is to reach the checkout all the same. */
  urlLength: 8_192,
};

type Fetch = Parameters<typeof getRequestListener>[0];

/** What a server needs to know beside the routes. */
export interface ListenOptions {
  log: Log;
  isStopping: () => boolean;
  limits?: Partial<typeof httpLimits>;
}

/** A server that can be told to stop. */
export interface HttpServer {
  server: Server;
  /** Stops accepting: the address is free for another server. What is under way goes on, until `drain`. */
  release(): void;
  /**
   * Stops accepting, lets what is under way finish, and closes resting connections. At the deadline the rest is
   * cut. Resolves when no connection is left.
   */
  drain(withinMilliseconds: number): Promise<void>;
}

/**
 * Puts routes behind a node:http server with every limit set. Requests that never
 * reach a route get a problem document too: those that cannot be parsed, are too slow, or have too large headers.
 */
export function createHttpServer(
  fetch: Fetch,
  { log, isStopping, limits: given }: ListenOptions,
): HttpServer {
  const limits = { ...httpLimits, ...given };
  const newest = new Map<Duplex, ServerResponse | undefined>();
  const respond = getRequestListener(fetch, {
    hostname: "localhost", // for HTTP/1.0, where Host may be absent: old load balancers check health that way
    autoCleanupIncoming: false, // node reads a refused body to its end, within `requestWithin`, rather than reset
    errorHandler: (error) => {
      if (error instanceof RequestError)
        return problemResponse("request_invalid", "The address or the Host header is not valid.");
      log.error("server.failed", {}, error);
      return problemResponse("internal_error", "Something failed here. It was logged.");
    },
  });
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void =>
    inRequest(requestIdOf(incoming.headers.traceparent), () => take(incoming, outgoing));
  const take = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    newest.set(incoming.socket, outgoing);
    if (isStopping()) outgoing.shouldKeepAlive = false;
    const url = incoming.url ?? "";
    if (url.length > limits.urlLength && !url.startsWith("/r/")) {
      send(outgoing, "url_too_long", `An address may have ${limits.urlLength} characters at most.`);
    } else if (!namesOneHost(incoming)) {
      send(outgoing, "request_invalid", "One Host header is expected.");
    } else void respond(incoming, outgoing);
  };
  const server = createServer(serverOptions(limits), listener);
  server.maxHeadersCount = limits.headerCount;
  server.timeout = limits.silence;
  if (Number.isFinite(limits.connections)) server.maxConnections = limits.connections;
  server.on("drop", sayFull(log, limits.connections));
  server.on("connection", (socket: Duplex) => {
    newest.set(socket, undefined);
    socket.once("close", () => newest.delete(socket));
  });
  answerExpectations(server, listener);
  answerBrokenRequests(server, (socket) => {
    const outgoing = newest.get(socket);
    return outgoing?.headersSent === true && !outgoing.writableFinished;
  });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => server.close(() => resolve()));
    return closed;
  };
  return {
    server,
    release: () => void close(),
    drain: (withinMilliseconds) => {
      // Who reads "keep-alive" in an answer sends the next request on a connection that is about to be closed.
      for (const outgoing of newest.values()) if (outgoing) outgoing.shouldKeepAlive = false;
      return drain(server, close(), withinMilliseconds);
    },
  };
}

/** RFC 9112, section 3.2. Of two `Host` headers a proxy may read the first and the receiver the last: it is refused. */
function namesOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  return hosts === 1 || (hosts === 0 && httpVersion === "1.0");
}

function serverOptions(limits: typeof httpLimits): ServerOptions {
  return {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersWithin,
    requestTimeout: limits.requestWithin,
    connectionsCheckingInterval: limits.checkEvery,
    keepAliveTimeout: limits.keepAlive,
    requireHostHeader: false, // the listener asks for it, and answers with a problem document
    noDelay: true,
  };
}

/** Tells who waits with a body to send it, unless it is too large: then the answer comes at once and the body never. */
function answerExpectations(
  server: Server,
  listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): void {
  server.on("checkContinue", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (announcesTooMuch(incoming)) outgoing.shouldKeepAlive = false;
    else outgoing.writeContinue();
    listener(incoming, outgoing);
  });
  server.on("checkExpectation", (_incoming: IncomingMessage, outgoing: ServerResponse) => {
    send(outgoing, "expectation_failed", "Only the expectation `100-continue` is met here.");
  });
}

const sayFullEvery = 60_000;

/** Says that connections are closed unheard, once a minute: whoever opens them must not fill the log either. */
function sayFull(log: Log, most: number): () => void {
  let saidAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - saidAt < sayFullEvery) return;
    saidAt = now;
    const detail = `${most} connections are open: more are closed unheard. Limit them in front, or raise nofile.`;
    log.warn("server.warning", { detail });
  };
}

async function drain(server: Server, closed: Promise<void>, withinMilliseconds: number): Promise<void> {
  // A connection that was busy when the server closed is not closed by it when it comes to rest.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const deadline = setTimeout(() => server.closeAllConnections(), withinMilliseconds);
  server.closeIdleConnections();
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}

function send(outgoing: ServerResponse, code: ProblemCode, detail: string): void {
  const problem = problemDocument(code, detail);
  const body = JSON.stringify(problem);
  outgoing.writeHead(problem.status, {
    "content-type": problemMediaType,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  outgoing.end(body);
}
