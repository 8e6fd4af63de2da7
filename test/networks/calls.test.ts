import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReadyNetworkKind } from "../../server/src/config/network-config.ts";
import { networkAdapter } from "../../server/src/networks/network-adapter.ts";
import { readyTemplates } from "../../server/src/networks/ready-templates.ts";
import type { OutboxMessage, PreparedRequest } from "../../server/src/outbox/adapter.ts";
import { arrivingCalls, doneByHand } from "./calls.ts";
import { member, message, readyNetwork, sentAt } from "./network-fixtures.ts";

const arrived: string[] = [];
const server = createServer((request, response) => {
  void note(request).then(() => response.end("{}"));
});

/** What came over the wire, as one text: request line, the headers that matter, an empty line, the body. */
async function note(request: IncomingMessage): Promise<void> {
  const mattering = /^(authorization|content-type|x-(?!forwarded).+)$/;
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    mattering.test(name) ? [`${name}: ${String(value)}`] : [],
  );
  const head = [`${request.method} ${request.url}`, ...headers.sort()].join("\n");
  const body = await text(request);
  arrived.push(body === "" ? head : `${head}\n\n${body}`);
}

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function send({ method, url, headers, body }: PreparedRequest): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const { pathname, search } = new URL(url);
  arrived.length = 0;
  const answer = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  await answer.text();
  return arrived.join("\n---\n");
}

const prepare = (kind: ReadyNetworkKind, effect: OutboxMessage["kind"]) =>
  networkAdapter(readyNetwork(kind)).prepare(message(effect), member(), sentAt);

describe("the calls of the ready networks", () => {
  it.each(arrivingCalls)("%s is told to %s in these bytes", async (kind, effect, origin, wire) => {
    const prepared = prepare(kind, effect);
    if ("unsupported" in prepared) throw new Error(prepared.unsupported);
    expect(new URL(prepared.url).origin).toBe(origin);
    expect(await send(prepared)).toBe(wire);
  });

  it.each(doneByHand)(
    "%s cannot be told to %s: a person is told what to do and where",
    (kind, effect, sentence) => {
      expect(prepare(kind, effect)).toEqual({ unsupported: sentence });
    },
  );

  it("are all in the two tables", () => {
    const told = [...arrivingCalls, ...doneByHand].map(([kind, effect]) => `${kind} ${effect}`);
    const wanted = Object.keys(readyTemplates).flatMap((kind) =>
      ["convert", "adjust", "reverse"].map((effect) => `${kind} ${effect}`),
    );
    expect(told.sort()).toEqual(wanted.sort());
  });

  it.each([
    ["awin", '"isTest":true', "/s2s/advertiser/1001/orders"],
    ["cj", "createOrders", "/graphqltest"],
  ] as const)("%s has a test mode, and no other call leads there", async (kind, mark, path) => {
    const { test } = readyNetwork(kind).effects;
    expect(test?.path.replace("{network.advertiserId}", "1001")).toBe(path);
    expect(JSON.stringify(test?.body)).toContain(mark);
  });
});
