const timeoutMs = 10_000;
const maxAnswerBytes = 65_536;

/** What came back from an address: an answer, or why there was none. */
export type PostedAnswer =
  | { status: number; location: string | null; date: string | null; text: string }
  | { failure: string };

/** Posts a delivery as a shop does: no redirect is followed, and ten seconds are enough. */
export async function postDelivery(
  url: string,
  { headers, body }: { headers: Headers; body: Uint8Array },
): Promise<PostedAnswer> {
  const { request } = await import("undici");
  try {
    const answer = await request(url, {
      method: "POST",
      headers: Object.fromEntries(headers),
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const header = (name: string) => String(answer.headers[name] ?? "") || null;
    const text = await readStart(answer.body);
    return { status: answer.statusCode, location: header("location"), date: header("date"), text };
  } catch (error) {
    return { failure: wordsOf(error) };
  }
}

async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxAnswerBytes) break;
  }
  return Buffer.concat(chunks).toString();
}

/** The address may hold a secret, and an error's words may hold the address: only the code is told. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError") return `no answer within ${timeoutMs / 1000} seconds`;
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : error.name;
}
