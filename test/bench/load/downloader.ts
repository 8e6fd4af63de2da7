import { createHash } from "node:crypto";
import { Agent, get, type IncomingMessage } from "node:http";
import { answerParent } from "../children.ts";

/** What a download came to. */
export interface Downloaded {
  bytes: number;
  /** SHA-256 of the body in hex, when it was asked for. */
  hash?: string;
}

/** What the process that downloads can be asked. */
export type DownloaderTasks = {
  /** Downloads all addresses at the same time. Every answer must be 200, or 206 when a range was asked for. */
  all(input: { urls: readonly string[]; hashed?: boolean; range?: string }): Promise<Downloaded[]>;
};

const agent = new Agent({ maxSockets: 1_000 });

async function download(url: string, hashed: boolean, range: string | undefined): Promise<Downloaded> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent, headers: range === undefined ? {} : { range } }, resolve).once("error", reject);
  });
  const expected = range === undefined ? 200 : 206;
  if (response.statusCode !== expected) throw new Error(`${url} was answered with ${response.statusCode}`);
  const hash = hashed ? createHash("sha256") : undefined;
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    bytes += piece.length;
    hash?.update(piece);
  }
  return { bytes, ...(hash === undefined ? {} : { hash: hash.digest("hex") }) };
}

answerParent({
  all: ({ urls, hashed = false, range }) => Promise.all(urls.map((url) => download(url, hashed, range))),
} satisfies DownloaderTasks);
