import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Receiver, startReceiver } from "../../server/src/receiver/start/start-receiver.ts";
import { connectionsFor } from "../../server/src/receiver/start/start-warnings.ts";
import { keptLog, temporaryFolder, testConfig, testEnv } from "./open-app.ts";
import { openConnection, parseAnswer } from "./raw-connection.ts";

/** The limits in time are in hundreds of milliseconds, for the tests of slow senders. */
const hasty = { headersWithin: 400, requestWithin: 800, checkEvery: 50, keepAlive: 400 };
/** Nothing that a slow machine does is too slow. */
const patient = { headersWithin: 600_000, requestWithin: 600_000, keepAlive: 600_000 };
let receiver: Receiver;
let hastyReceiver: Receiver;
let kept: Awaited<ReturnType<typeof keptLog>>;
const folders: Awaited<ReturnType<typeof temporaryFolder>>[] = [];

async function start(limits: NonNullable<Parameters<typeof startReceiver>[0]["limits"]>): Promise<Receiver> {
  const folder = await temporaryFolder();
  folders.push(folder);
  return startReceiver({ config: testConfig(folder.folder), env: testEnv, log: kept.log, limits });
}

beforeAll(async () => {
  kept = await keptLog();
  receiver = await start(patient);
  hastyReceiver = await start(hasty);
});
afterAll(async () => {
  await Promise.all([receiver.stop(500), hastyReceiver.stop(500)]);
  for (const folder of folders) await folder.remove();
  expect(kept.events("server.failed")).toEqual([]);
});

/** Sends bytes and answers the one problem document that comes back before the connection closes. */
async function problemAfter(text: string, { port } = receiver) {
  const connection = await openConnection(port);
  connection.send(text);
  const { heard, reset } = await connection.closed();
  const { status, headers, body } = parseAnswer(heard);
  expect(headers.get("content-type")).toBe("application/problem+json");
  return { status, code: (JSON.parse(body) as { code: string }).code, reset };
}

describe("a slow sender", () => {
  test("of headers is answered 408 and cut off", async () => {
    const head = "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ";
    expect(await problemAfter(head, hastyReceiver)).toMatchObject({ status: 408, code: "request_timeout" });
  });

  test("of a body is answered 408 and cut off", async () => {
    const head = "POST /webhooks/own HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n";
    expect(await problemAfter(`${head}{"a":`, hastyReceiver)).toMatchObject({ status: 408 });
  });

  test("that says nothing at all is cut off", async () => {
    const connection = await openConnection(hastyReceiver.port);
    expect(parseAnswer((await connection.closed()).heard).status).toBe(408);
  });

  test("does not hold up another", async () => {
    const slow = await Promise.all(Array.from({ length: 200 }, () => openConnection(receiver.port)));
    for (const connection of slow) connection.send("GET / HTTP/1.1\r\nHost: a\r\n");
    expect((await fetch(`${receiver.url}/healthz`)).status).toBe(200);
    expect(slow.filter(({ socket }) => socket.closed)).toEqual([]);
    for (const { socket } of slow) socket.destroy();
  });
});

describe("a connection at rest", () => {
  test("is closed after its time", async () => {
    const connection = await openConnection(hastyReceiver.port);
    connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    const { heard, reset } = await connection.closed();
    expect(parseAnswer(heard).status).toBe(200);
    expect(reset).toBe(false);
  });
});

describe("what is too large", () => {
  test("by its Content-Length is refused before it is sent, when the sender waits to be told", async () => {
    const connection = await openConnection(receiver.port);
    connection.send(
      "POST /webhooks/own HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\nExpect: 100-continue\r\n\r\n",
    );
    const { heard } = await connection.closed();
    expect(heard).not.toContain("100 Continue");
    expect(parseAnswer(heard).status).toBe(413);
  });

  test("is refused and the sender can read why, though it sends on", async () => {
    const { status, text } = await post("/webhooks/own", 20_000_000, { "content-length": "20000000" });
    expect([status, JSON.parse(text).code]).toEqual([413, "body_too_large"]);
  });

  test("in chunks, which announce nothing, is refused while it is read", async () => {
    const { status, text } = await post("/webhooks/own", 20_000_000, { "transfer-encoding": "chunked" });
    expect([status, JSON.parse(text).code]).toEqual([413, "body_too_large"]);
  });

  test("in JSON is refused the same way", async () => {
    const headers = { "content-type": "application/json", "transfer-encoding": "chunked" };
    expect((await post("/v1/registrations", 2_000_000, headers)).status).toBe(413);
  });

  test("may be waited for when it is not too large", async () => {
    const connection = await openConnection(receiver.port);
    connection.send(
      "POST /webhooks/own HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
    );
    await connection.hears(/100 Continue/);
    connection.send("{}");
    expect((await connection.closed()).heard).toContain("HTTP/1.1 401");
  });

  test("in the headers is 431", async () => {
    const head = `GET /healthz HTTP/1.1\r\nHost: a\r\nX-Large: ${"a".repeat(20_000)}\r\n\r\n`;
    expect(await problemAfter(head)).toMatchObject({ status: 431, code: "headers_too_large" });
  });

  test("in the address is 414, but for a renewal link", async () => {
    const long = "a".repeat(9000);
    const response = await fetch(`${receiver.url}/v1/orders?after=${long}`);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      414,
      "url_too_long",
    ]);
    const link = await fetch(`${receiver.url}/r/acme-paint?t=${long}`, { redirect: "manual" });
    expect(link.status).toBe(302);
  });
});

describe("what is not HTTP as it should be", () => {
  test.each([
    ["nonsense", "nonsense\r\n\r\n", 400],
    ["a preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
    [
      "two lengths",
      "POST /webhooks/own HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      400,
    ],
    [
      "a length and chunks",
      "POST /webhooks/own HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
    ],
    ["a header with a NUL byte", "GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400],
    [
      "a chunk of no length",
      "POST /webhooks/own HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      400,
    ],
    ["a proxy's method", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n", 405],
    ["no Host", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["two Hosts", "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\nhost: b\r\n\r\n", 400],
    ["an odd Host", "GET /healthz HTTP/1.1\r\nHost: a/b?c\r\nConnection: close\r\n\r\n", 400],
    ["an address of a star", "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400],
    ["a backslash in the path", "GET /r\\acme HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400],
    [
      "an unknown expectation",
      "GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: cake\r\nConnection: close\r\n\r\n",
      417,
    ],
  ])("%s is refused with a problem", async (_, text, status) => {
    expect(await problemAfter(text)).toMatchObject({ status });
  });

  test("an old load balancer's question in HTTP/1.0 without Host is answered", async () => {
    const connection = await openConnection(receiver.port);
    connection.send("GET /healthz HTTP/1.0\r\n\r\n");
    expect(parseAnswer((await connection.closed()).heard).status).toBe(200);
  });
});

/** Posts spaces over a connection of its own; returns what came back even while still sending. */
function post(path: string, bytes: number, headers: Record<string, string>) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(`${receiver.url}${path}`, { method: "POST", headers, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (more: string) => {
        text += more;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on("error", reject);
    sent.end(Buffer.alloc(bytes, 0x20));
  });
}

describe("more connections than may be open", () => {
  test("are closed unheard, which is said once, and those that are open are answered", async () => {
    const narrow = await start({ ...patient, connections: 3 });
    try {
      const open = await Promise.all([1, 2, 3].map(() => openConnection(narrow.port)));
      for (let more = 0; more < 5; more++) {
        const { heard } = await (await openConnection(narrow.port)).closed();
        expect(heard.length).toBe(0);
      }
      const warned = kept.events("server.warning").filter(({ detail }) => String(detail).includes("unheard"));
      expect(warned).toHaveLength(1);
      for (const connection of open) {
        connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        expect(parseAnswer((await connection.closed()).heard).status).toBe(200);
      }
    } finally {
      await narrow.stop(500);
    }
  });

  test("are as many as leave files for all else", () => {
    expect(connectionsFor(100, 1_024)).toBe(724);
    expect(connectionsFor(100, 256)).toBe(50);
  });
});
