import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Random } from "./random.ts";

/** A partner's server that fails at random, and keeps what it was told. */
export interface MoodyTarget {
  readonly host: string;
  readonly url: string;
  /** What came in, in the order in which it came: `ORDER SEQ`, with the key it came under, and whether it was taken. */
  readonly arrivals: readonly Arrival[];
}

interface Arrival {
  order: string;
  seq: number;
  key: string;
  taken: boolean;
}

/** Starts the server: of 20 requests it takes 15, one of which it does not answer; the others fail. */
export async function startMoodyTarget(random: Random): Promise<MoodyTarget> {
  const arrivals: Arrival[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { data } = JSON.parse(body) as { data: { order: string; seq: number; partner: string } };
    const mood = random.between(1, 20);
    const arrival = {
      order: `${data.partner} ${data.order}`,
      seq: data.seq,
      key: String(request.headers["webhook-id"]),
      taken: mood <= 15,
    };
    arrivals.push(arrival);
    if (mood === 1 || mood === 16) request.socket.destroy();
    else response.writeHead(arrival.taken ? 200 : 503).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, url: `http://${host}/`, arrivals };
}
