import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request as it arrived. */
export interface Arrived {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server of this machine that keeps what it is told. It closes with the test. */
export interface Listener {
  readonly host: string;
  readonly url: string;
  readonly arrived: Arrived[];
  /** How many connections were ever made to it. */
  connections(): number;
  /** What it answers from now on; 200 with nothing in it by default. */
  answer(how: (request: Arrived) => Answer | Promise<Answer>): void;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** Starts a listener on any free port of loopback. */
export async function startListener(): Promise<Listener> {
  const arrived: Arrived[] = [];
  let connections = 0;
  let answer: (request: Arrived) => Answer | Promise<Answer> = () => ({ status: 200 });
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", url: path = "", headers } = request;
    const told = { method, path, headers, body };
    arrived.push(told);
    const { status, headers: sent = {}, body: text = "" } = await answer(told);
    response.writeHead(status, sent).end(text);
  });
  server.on("connection", () => connections++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}/hook`,
    arrived,
    connections: () => connections,
    answer: (how) => {
      answer = how;
    },
  };
}
