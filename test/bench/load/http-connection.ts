import { connect, type Socket } from "node:net";

/** What came of a request. */
export type Answered = (status: number) => void;

/** One kept-alive HTTP/1.1 connection that has one request under way at a time. */
export interface HttpConnection {
  /** Writes a request's bytes; `answered` is called when the whole answer is there, with 0 if none can come. */
  send(request: Buffer, answered: Answered): void;
  close(): void;
}

const headEnd = Buffer.from("\r\n\r\n");
const lastChunk = "0\r\n\r\n";

/**
 * Opens a connection that understands just as much HTTP as it takes to see where an answer ends, so that the
 * generator's own work stays small beside that of what it measures.
 */
export function openConnection(address: URL): Promise<HttpConnection> {
  let answered: Answered | undefined;
  let isClosed = false;
  let rest: Buffer | undefined;
  const take = (bytes: Buffer) => {
    const all = rest === undefined ? bytes : Buffer.concat([rest, bytes]);
    if (isComplete(all)) {
      const done = answered;
      const status = statusOf(all);
      answered = rest = undefined;
      done?.(status);
      // The buffer is the connection's own and is written again.
    } else rest = Buffer.from(all);
  };
  const socket: Socket = connect({
    host: address.hostname,
    port: Number(address.port),
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafe(16_384),
      callback: (length, buffer) => {
        take((buffer as Buffer).subarray(0, length));
        return true;
      },
    },
  });
  const broken = () => {
    isClosed = true;
    const done = answered;
    answered = undefined;
    done?.(0);
  };
  socket.on("close", broken).on("error", () => {});
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("connect", () =>
      resolve({
        send(request, whenAnswered) {
          if (isClosed) return setImmediate(whenAnswered, 0);
          answered = whenAnswered;
          socket.write(request);
        },
        close: () => socket.destroy(),
      }),
    );
  });
}

const statusOf = (answer: Buffer) => Number(answer.toString("latin1", 9, 12));

function isComplete(answer: Buffer): boolean {
  const end = answer.indexOf(headEnd);
  if (end === -1) return false;
  const head = answer.toString("latin1", 0, end).toLowerCase();
  const at = head.indexOf("\r\ncontent-length:");
  if (at !== -1) return answer.length >= end + 4 + Number.parseInt(head.slice(at + 17, at + 27), 10);
  if (!head.includes("\r\ntransfer-encoding: chunked")) return true;
  return answer.toString("latin1", Math.max(end + 4, answer.length - lastChunk.length)) === lastChunk;
}
