import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type ProblemCode, problemDocument, problemMediaType } from "./problem.ts";

/** How long the sender of a broken request has to read why, in milliseconds. */
const readWithinMilliseconds = 1000;

/**
 * Sends a problem document for a request that node's parser refused or that was too slow, then closes the connection.
 * When a response has begun already, a document would be read as a part of it: then the connection is only closed.
 */
export function answerBrokenRequests(server: Server, isAnswering: (socket: Duplex) => boolean): void {
  const ended = new WeakSet<Duplex>();
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (ended.has(socket)) return;
    ended.add(socket);
    if (error.code === "ECONNRESET" || !socket.writable || isAnswering(socket)) {
      socket.destroy();
      return;
    }
    const [code, detail] = reasonOf(error.code);
    endWith(socket, code, detail);
  });
  server.on("connect", (_incoming: IncomingMessage, socket: Duplex) => {
    socket.on("error", () => {});
    endWith(socket, "method_not_allowed", "This is no proxy.");
  });
}

function reasonOf(code: string | undefined): [ProblemCode, string] {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return ["headers_too_large", "The address and the headers are larger than is taken here."];
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return ["request_timeout", "The request did not arrive in time."];
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return ["body_too_large", "The chunk extensions are larger than is taken here."];
    default:
      return ["request_invalid", "This is not a request of HTTP/1.1."];
  }
}

function endWith(socket: Duplex, code: ProblemCode, detail: string): void {
  const problem = problemDocument(code, detail);
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `Content-Type: ${problemMediaType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Cache-Control: no-store",
      "Connection: close",
      "",
      body,
    ].join("\r\n"),
  );
  setTimeout(() => socket.destroy(), readWithinMilliseconds).unref();
}
