import { type HttpConnection, openConnection } from "./http-connection.ts";
import { keepLatencies } from "./latencies.ts";

/** What a load came to. Latencies in milliseconds. */
export interface LoadResult {
  answered: number;
  /** Answers with another status than the expected one, and connections that broke. */
  failed: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p99: number;
  longest: number;
  /** How busy the generator's own core was, 0 to 1: near 1 it is the generator that was measured. */
  generatorBusy: number;
}

/** What every load needs. */
export interface Load {
  /** Where to: connections are spread over all of them. */
  urls: readonly string[];
  connections: number;
  requests: readonly Buffer[];
  expectedStatus: number;
}

/** Sends every request, each connection the next one as soon as it has its answer. */
export async function burst(load: Load): Promise<LoadResult> {
  const { requests } = load;
  const connections = await openAll(load);
  const count = tally(load);
  await new Promise<void>((resolve) => {
    let next = 0;
    let open = connections.length;
    const sendNext = (connection: HttpConnection) => {
      const request = requests[next++];
      if (request === undefined) {
        open -= 1;
        if (open === 0) resolve();
        return;
      }
      const begun = performance.now();
      connection.send(request, (status) => {
        count.add(status, performance.now() - begun);
        if (status === 0) next = requests.length;
        sendNext(connection);
      });
    };
    for (const connection of connections) sendNext(connection);
  });
  for (const connection of connections) connection.close();
  return count.result();
}

/**
 * Sends the requests at a steady rate, whether or not the answers come. A request that finds no free connection waits,
 * and its latency counts from when it was due: so a stall is felt by all who would have come while it lasted.
 */
export async function pace(load: Load & { perSecond: number }): Promise<LoadResult> {
  const { requests, perSecond } = load;
  const free = await openAll(load);
  const all = [...free];
  const count = tally(load);
  const begun = performance.now();
  await new Promise<void>((resolve) => {
    let sent = 0;
    let answered = 0;
    const sendDue = () => {
      const due = Math.min(requests.length, ((performance.now() - begun) * perSecond) / 1000);
      while (sent < due) {
        const request = requests[sent];
        // The one that has rested longest: a server closes those that rest for some seconds.
        const connection = request && free.shift();
        if (!request || !connection) break;
        const dueAt = begun + (sent * 1000) / perSecond;
        sent += 1;
        connection.send(request, (status) => {
          count.add(status, performance.now() - dueAt);
          answered += 1;
          free.push(connection);
          if (answered === requests.length) {
            clearInterval(timer);
            resolve();
          } else sendDue();
        });
      }
    };
    const timer = setInterval(sendDue, 1);
  });
  for (const connection of all) connection.close();
  return count.result();
}

function openAll({ urls, connections }: Load): Promise<HttpConnection[]> {
  return Promise.all(
    Array.from({ length: connections }, (_, index) =>
      openConnection(new URL(urls[index % urls.length] ?? "")),
    ),
  );
}

function tally({ requests, expectedStatus }: Load) {
  const latencies = keepLatencies(requests.length);
  const usageBefore = process.cpuUsage();
  const begun = performance.now();
  let answered = 0;
  let failed = 0;
  return {
    add(status: number, milliseconds: number) {
      if (status === expectedStatus) answered += 1;
      else failed += 1;
      latencies.add(milliseconds);
    },
    result(): LoadResult {
      const seconds = (performance.now() - begun) / 1000;
      const { user, system } = process.cpuUsage(usageBefore);
      return {
        answered,
        failed,
        seconds,
        perSecond: answered / seconds,
        p50: latencies.quantile(0.5),
        p99: latencies.quantile(0.99),
        longest: latencies.quantile(1),
        generatorBusy: (user + system) / 1e6 / seconds,
      };
    },
  };
}
