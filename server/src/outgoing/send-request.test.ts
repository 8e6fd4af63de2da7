import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSender, longestBodyBytes, type Sender, type SenderOptions } from "./send-request.ts";

let server: Server;
let port = 0;
let connections = 0;
let redirectTo = "";
const senders: Sender[] = [];

beforeEach(async () => {
  connections = 0;
  server = createServer((request, response) => {
    if (request.url === "/redirect") response.writeHead(302, { location: redirectTo }).end();
    else if (request.url === "/large") response.end("x".repeat(longestBodyBytes * 3));
    else if (request.url !== "/silent") response.end("hello");
  });
  server.on("connection", () => connections++);
  // Every address of the machine, so that a connection by any spelling would be counted.
  server.listen(0, "::");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.close()));
  server.closeAllConnections();
  server.close();
});

function open(options: SenderOptions = {}) {
  const sender = createSender(options);
  senders.push(sender);
  return (url: string) => sender.send({ method: "POST", url, headers: {}, body: "{}" });
}

const at = (address: string) => async () => [{ address, family: address.includes(":") ? 6 : 4 }];

describe("a sender", () => {
  it.each([
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "%31%32%37.0.0.1",
    "１２７.0.0.1",
    "0.0.0.0",
    "0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fe80::1]",
    "[fec0::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[100::1]",
  ])("does not connect to %s", async (host) => {
    await expect(open()(`https://${host}:${port}/`)).rejects.toMatchObject({ problem: "address_forbidden" });
    expect(connections).toBe(0);
  });

  it.each(["localhost", "localhost.", "LOCALHOST"])("does not connect to the name %s", async (name) => {
    // Where a resolver does not know the spelling, that ends it too.
    await expect(open()(`https://${name}:${port}/`)).rejects.toMatchObject({
      problem: expect.stringMatching(/^(address_forbidden|name_unresolved)$/),
    });
    expect(connections).toBe(0);
  });

  it("does not connect to a name that has one private address among public ones", async () => {
    const resolve = async () => [
      { address: "93.184.216.34", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    await expect(open({ resolve })(`https://shop.example:${port}/`)).rejects.toMatchObject({
      problem: "address_forbidden",
    });
    expect(connections).toBe(0);
  });

  it("looks a name up once a connection: one that is private at the second look-up is not connected to", async () => {
    const answers = ["93.184.216.34", "127.0.0.1"];
    let lookups = 0;
    const resolve = async () => [{ address: answers[lookups++] ?? "127.0.0.1", family: 4 }];
    const send = open({ resolve, connectMilliseconds: 300, wholeMilliseconds: 60_000 });
    // The public address is tried, and whatever comes of it, nothing is looked up again for the same connection.
    await expect(send(`https://shop.example:${port}/`)).rejects.toThrow();
    expect(lookups).toBe(1);
    await expect(send(`https://shop.example:${port}/`)).rejects.toMatchObject({
      problem: "address_forbidden",
    });
    expect([lookups, connections]).toEqual([2, 0]);
  });

  it("follows no redirect", async () => {
    redirectTo = `http://127.0.0.1:${port}/`;
    const send = open({ allowPrivate: [`127.0.0.1:${port}`] });
    expect(await send(`http://127.0.0.1:${port}/redirect`)).toMatchObject({ status: 302 });
    expect(connections).toBe(1);
  });

  it.each([
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "https://u:p@example.com/",
    "x",
  ])("does not take %s for an address", async (url) => {
    await expect(open()(url)).rejects.toMatchObject({ problem: "address_invalid" });
  });

  it("allows a private host that is named with its port, and no other port of it", async () => {
    const send = open({ allowPrivate: [`127.0.0.1:${port}`] });
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200, body: "hello" });
    await expect(send(`https://127.0.0.1:${port + 1}/`)).rejects.toMatchObject({
      problem: "address_forbidden",
    });
  });

  it("reads no more than 64 KiB of an answer", async () => {
    const send = open({ allowPrivate: ["127.0.0.1"] });
    expect((await send(`http://127.0.0.1:${port}/large`)).body).toHaveLength(longestBodyBytes);
  });

  it("ends a request that takes too long", async () => {
    const send = open({ allowPrivate: ["127.0.0.1"], wholeMilliseconds: 100 });
    await expect(send(`http://127.0.0.1:${port}/silent`)).rejects.toMatchObject({ problem: "timeout" });
  });

  it("says what went wrong without the address, which may hold a secret", async () => {
    const send = open({ resolve: at("127.0.0.1") });
    const failure = await send("https://shop.example/?key=s3cret").catch((error: unknown) => error);
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain("s3cret");
    expect((failure as Error).cause).toBeUndefined();
  });
});
