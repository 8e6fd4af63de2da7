import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { AppEnv } from "./app-env.ts";
import { clientAddressOf } from "./client-address.ts";

async function addressOf(peer: string | undefined, forwarded: string | undefined, trusted: string[] = []) {
  const tell = clientAddressOf(trusted);
  const app = new Hono<AppEnv>().get("/", (c) => c.text(tell(c)));
  const incoming = {
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
    socket: { remoteAddress: peer },
  };
  const bindings = (peer === undefined ? {} : { incoming }) as object as AppEnv["Bindings"];
  return (await app.request("/", {}, bindings)).text();
}

const proxies = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"];

describe("the client's address", () => {
  it.each<[name: string, peer: string, forwarded: string | undefined, trusted: string[], client: string]>([
    ["the peer", "192.0.2.7", undefined, [], "192.0.2.7"],
    [
      "the peer, whatever it says, when it is no trusted proxy",
      "192.0.2.7",
      "198.51.100.1",
      proxies,
      "192.0.2.7",
    ],
    ["the peer, whatever it says, when none is trusted", "127.0.0.1", "198.51.100.1", [], "127.0.0.1"],
    ["IPv4 when a socket of IPv6 took it", "::ffff:192.0.2.7", undefined, [], "192.0.2.7"],
    ["the /64 of IPv6", "2001:db8:1:2:3:4:5:6", undefined, [], "2001:db8:1:2::/64"],
    ["the same /64 however it is written", "2001:db8:1:2::1", undefined, [], "2001:db8:1:2::/64"],
    ["the link's own, without its zone", "fe80::1%eth0", undefined, [], "fe80:0:0:0::/64"],
    ["what a trusted proxy says", "127.0.0.1", "198.51.100.1", proxies, "198.51.100.1"],
    [
      "the last entry, not what the client wrote before",
      "10.1.1.1",
      "1.1.1.1, 198.51.100.1",
      proxies,
      "198.51.100.1",
    ],
    [
      "what is before several trusted proxies",
      "10.1.1.1",
      "1.1.1.1,198.51.100.1 , 10.2.2.2",
      proxies,
      "198.51.100.1",
    ],
    ["one with a port", "10.1.1.1", "198.51.100.1:1234", proxies, "198.51.100.1"],
    ["one in brackets", "fd00::1", "[2001:db8:1:2::9]:443", proxies, "2001:db8:1:2::/64"],
    ["the proxy when it says nothing", "10.1.1.1", undefined, proxies, "10.1.1.1"],
    ["the proxy when it says nonsense", "10.1.1.1", "unknown", proxies, "10.1.1.1"],
    ["the proxy when the last entry is empty", "10.1.1.1", "198.51.100.1,", proxies, "10.1.1.1"],
    ["the proxy when an address is written in the old way", "10.1.1.1", "3325256705", proxies, "10.1.1.1"],
    ["the proxy for octets with leading zeros", "10.1.1.1", "010.8.0.1", proxies, "10.1.1.1"],
    [
      "the outermost proxy of a chain that is all trusted",
      "10.1.1.1",
      "10.3.3.3, 10.2.2.2",
      proxies,
      "10.3.3.3",
    ],
  ])("is %s", async (_name, peer, forwarded, trusted, client) => {
    expect(await addressOf(peer, forwarded, trusted)).toBe(client);
  });

  it("is `local` without a socket", async () => {
    expect(await addressOf(undefined, undefined)).toBe("local");
  });

  it("is found in a header of any length", async () => {
    const header = `${"1.1.1.1, ".repeat(1500)}198.51.100.1`;
    expect(await addressOf("10.1.1.1", header, proxies)).toBe("198.51.100.1");
    expect(await addressOf("10.1.1.1", "10.9.9.9, ".repeat(1500), proxies)).toBe("10.1.1.1");
  });
});
