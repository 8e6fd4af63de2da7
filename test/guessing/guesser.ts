import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { AppEnv } from "../../server/src/http/app-env.ts";
import type { createApp } from "../../server/src/receiver/app.ts";

type App = ReturnType<typeof createApp>;

/** One request of a guesser, and the network address it comes from. */
export interface Guess {
  path: string;
  body: string;
  contentType?: string;
  address: string;
  headers?: Record<string, string>;
}

/** What a guesser gets to see: not the clock, not the id of the request. */
export interface Seen {
  status: number;
  body: string;
  retryAfter: string | null;
}

/** Sends a guess as if over a socket from that address, without one. */
export async function send(app: App, guess: Guess): Promise<Seen> {
  const headers = { "content-type": guess.contentType ?? "application/json", ...guess.headers };
  const incoming = Object.assign(Readable.from([Buffer.from(guess.body)]), {
    headers,
    socket: { remoteAddress: guess.address },
  });
  const bindings = { incoming } as object as AppEnv["Bindings"];
  const init = { method: "POST", headers, body: guess.body };
  const response = await app.request(guess.path, init, bindings);
  return {
    status: response.status,
    body: await response.text(),
    retryAfter: response.headers.get("retry-after"),
  };
}

/** Sends many, a few hundred at a time; answers how often each (status, body) was seen. */
export async function flood(app: App, count: number, guessAt: (index: number) => Guess) {
  const seen = new Map<string, number>();
  for (let begun = 0; begun < count; begun += 256) {
    const batch = Array.from({ length: Math.min(256, count - begun) }, (_, at) =>
      send(app, guessAt(begun + at)),
    );
    for (const { status, body } of await Promise.all(batch)) {
      const name = `${status} ${codeOf(body)}`;
      seen.set(name, (seen.get(name) ?? 0) + 1);
    }
  }
  return Object.fromEntries(seen);
}

/** The code of a problem, or a digest of whatever else it is: every difference makes another name. */
function codeOf(body: string): string {
  const digest = createHash("sha256").update(body).digest("hex").slice(0, 8);
  if (!body.startsWith("{")) return digest;
  const { code, detail } = JSON.parse(body) as { code?: string; detail?: string };
  return code === undefined ? digest : `${code}: ${detail}`;
}

/** A household's address: its /64 by number, any host in it. */
export const fromHousehold = (index: number, households: number): string =>
  `2001:db8:0:${(index % households).toString(16)}::${(index + 1).toString(16)}`;

/** The middle of some figures. */
export const median = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;

/** Asks two questions in turn, many times, and answers the median of each in milliseconds. */
export async function timeBoth(
  rounds: number,
  [one, other]: readonly [(round: number) => Promise<unknown>, (round: number) => Promise<unknown>],
): Promise<{ one: number; other: number; ratio: number }> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    // Now this first, now that: what follows a write waits for it.
    for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const begun = performance.now();
      await (which === 0 ? one : other)(round);
      times[which].push(performance.now() - begun);
    }
  }
  const [a, b] = [median(times[0]), median(times[1])];
  return { one: a, other: b, ratio: Math.max(a, b) / Math.min(a, b) };
}
