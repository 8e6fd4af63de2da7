/** How long a shop's API may take for one answer, from the connecting to the last byte, in milliseconds. */
const usualTimeoutMs = 10_000;

/** An order is a few kilobytes, and a page has a hundred of them at most. */
const maxAnswerBytes = 16 * 1_048_576;

/** What a shop's API answered. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Uint8Array;
}

/** A shop's API that gave no answer, or not one of the kind it should. The message names the host, and no secret. */
export class ShopApiError extends Error {
  override readonly name = "ShopApiError";
  /** The status of its answer, where it gave one. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/**
 * Asks a shop's API for a document. Follows no redirect, since the credentials would go with it, in `header` where the
 * shop wants them elsewhere than usual. Any status is an answer.
 *
 * @throws ShopApiError when the API cannot be reached, takes longer than 10 s by default, or sends more than 16 MiB
 */
export async function askShopApi(
  url: URL,
  authorization: string,
  { accept = "application/json", timeoutMs = usualTimeoutMs, header = "authorization" } = {},
): Promise<ApiAnswer> {
  return send(url, { method: "GET", headers: { [header]: authorization, accept } }, timeoutMs);
}

/**
 * Sends a shop's API a form, such as one that asks for a token. Any status is an answer.
 *
 * @throws ShopApiError as `askShopApi` does
 */
export const postToShopApi = (url: URL, form: Record<string, string>): Promise<ApiAnswer> =>
  send(
    url,
    {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: String(new URLSearchParams(form)),
    },
    usualTimeoutMs,
  );

interface Question {
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
}

async function send(url: URL, question: Question, timeoutMs: number): Promise<ApiAnswer> {
  const { request } = await import("undici");
  try {
    const { statusCode, headers, body } = await request(url, {
      ...question,
      headers: { ...question.headers, "user-agent": "tallystick" },
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: statusCode, headers, body: await readAll(body, url) };
  } catch (cause) {
    if (cause instanceof ShopApiError) throw cause;
    throw new ShopApiError(`${url.host} gave no answer: ${wordsOf(cause, timeoutMs)}`);
  }
}

async function readAll(body: AsyncIterable<Uint8Array>, url: URL): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxAnswerBytes) throw new ShopApiError(`${url.host} sent more than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** An error's cause may hold the request with its credentials: only its code or its words are told. */
function wordsOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return "an unknown failure";
  if (error.name === "TimeoutError") return `nothing came within ${timeoutMs / 1000} seconds`;
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : error.name;
}
