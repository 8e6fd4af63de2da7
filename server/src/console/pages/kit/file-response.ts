/** An answer that is a file; one that is long is made while it is sent. */
export const fileResponse = (
  name: string,
  mediaType: string,
  text: string | AsyncIterable<string>,
): Response =>
  new Response(typeof text === "string" ? text : ReadableStream.from(encoded(text)), {
    headers: {
      "content-type": `${mediaType}; charset=utf-8`,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });

async function* encoded(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const part of text) yield encoder.encode(part);
}
