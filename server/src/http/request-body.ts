import type { IncomingMessage } from "node:http";
import { Refusal } from "../words/refusal.ts";
import { type AppContext, requestHeader } from "./app-env.ts";

/** The longest body any route takes, in bytes. */
export const bodyLimitBytes = 1_048_576;

/** How much of a refused body is read and thrown away, so that the sender gets to read the answer, in bytes. */
const discardLimitBytes = 64 * bodyLimitBytes;

/** The sender went away before its body was complete. Nobody is left to answer, and nothing is wrong here. */
export class SenderGone extends Error {
  override readonly name = "SenderGone";
}

/**
 * Reads the body's bytes as they came. Refuses by Content-Length before a byte is read, and by counting while
 * reading, since a chunked body announces no length.
 *
 * @throws {Refusal} `body_too_large`
 * @throws {SenderGone} when the connection ends first
 */
export function readBody(c: AppContext): Promise<Uint8Array> {
  const declared = requestHeader(c, "content-length");
  const incoming = c.env?.incoming;
  if (declared !== undefined && Number(declared) > bodyLimitBytes) {
    if (incoming !== undefined) discardRest(incoming);
    return Promise.reject(tooLarge());
  }
  return incoming === undefined ? readStream(c.req.raw.body) : readIncoming(incoming);
}

/** True when a request announces a body that no route would take. */
export function announcesTooMuch(incoming: IncomingMessage): boolean {
  const declared = incoming.headers["content-length"];
  return declared !== undefined && Number(declared) > bodyLimitBytes;
}

/**
 * Reads what is left of a body and throws it away, up to a limit. Closing a socket with unread bytes resets the
 * connection, and the reset may overtake the answer that says why.
 */
export function discardRest(incoming: IncomingMessage): void {
  let discardedBytes = 0;
  incoming.on("data", (chunk: Uint8Array) => {
    discardedBytes += chunk.length;
    if (discardedBytes > discardLimitBytes) incoming.socket.destroy();
  });
  incoming.on("error", () => {});
  incoming.resume();
}

function readIncoming(incoming: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const onData = (chunk: Uint8Array) => {
      length += chunk.length;
      if (length <= bodyLimitBytes) {
        chunks.push(chunk);
        return;
      }
      release();
      discardRest(incoming);
      reject(tooLarge());
    };
    const onEnd = () => {
      release();
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length));
    };
    const onGone = () => {
      release();
      incoming.on("error", () => {});
      reject(new SenderGone("the connection ended before the body"));
    };
    const release = () => {
      incoming.off("data", onData).off("end", onEnd).off("error", onGone).off("close", onGone);
    };
    incoming.on("data", onData).on("end", onEnd).on("error", onGone).on("close", onGone);
  });
}

async function readStream(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  if (stream === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > bodyLimitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function tooLarge(): Refusal {
  return new Refusal("body_too_large", `A body may have ${bodyLimitBytes} bytes at most.`);
}
