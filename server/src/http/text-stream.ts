import type { Log } from "../words/log.ts";

/**
 * Streams text as it is made, one piece at a time and no faster than the reader takes it. The first piece is made
 * before this resolves, so that what fails at once is still a problem document. What fails later cuts the
 * connection: half of it must not look like a whole one.
 */
export const streamText = (
  pieces: AsyncIterable<string>,
  asked: Asked,
): Promise<ReadableStream<Uint8Array>> => streamPieces(pieces, asked);

/** Who is told what fails later: the log, by the route that was called. */
export interface Asked {
  log: Log;
  /** As it is declared, such as `/v1/statements/{number}/export`. */
  route: string;
}

/** The same for pieces of text or of bytes. */
export async function streamPieces(
  pieces: AsyncIterable<string | Uint8Array>,
  { log, route }: Asked,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  let ahead: IteratorResult<string | Uint8Array> | undefined = await iterator.next();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = ahead ?? (await iterator.next());
          ahead = undefined;
          if (done) controller.close();
          else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
        } catch (error) {
          log.error("server.failed", { route }, error);
          controller.error(new Error("what was asked for could not be read to its end"));
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
