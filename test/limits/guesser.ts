import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { AppEnv } from "../../server/src/http/app-env.ts";
import type { createApp } from "../../server/src/receiver/routes/app.ts";
import type { Query } from "../../server/src/store/query.ts";
import type { Store, Tx } from "../../server/src/store/store.ts";

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

/** Sends many, a few hundred at a time; returns how often each (status, body) was seen. */
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

/** Lists what a store is asked from now on: `read` or `write` for each transaction, and the text of each statement in it. */
export function listenTo(store: Store): string[] {
  const asked: string[] = [];
  const { read, write } = store;
  const heard = (tx: Tx): Tx => {
    const hear = <P extends object, R>(query: Query<P, R>) => {
      asked.push(query.compileFor(tx.engine).text);
      return query;
    };
    return {
      engine: tx.engine,
      all: (query, params) => tx.all(hear(query), params),
      one: (query, params) => tx.one(hear(query), params),
      run: (query, params) => tx.run(hear(query), params),
    };
  };
  const told = (kind: "read" | "write", transaction: Store["read"]): Store["read"] => {
    return (work) => {
      asked.push(kind);
      return transaction((tx) => work(heard(tx)));
    };
  };
  Object.assign(store, { read: told("read", read), write: told("write", write) });
  return asked;
}
