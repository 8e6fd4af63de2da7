import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { createSender, type SenderOptions } from "../../server/src/outgoing/send-request.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { type Certified, makeTestAuthority, selfSigned } from "./certificates.ts";
import { openOutboxWorld } from "./outbox-world.ts";

/** A name that no resolver knows, so that only the address which was checked can have been connected to. */
const name = "hooks.north.example";
const authority = makeTestAuthority();
const yesterday = new Date(Date.now() - 86_400_000);

beforeAll(() => {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, authority.cert]);
  return () => setDefaultCACertificates(before);
});

interface Arrived {
  askedFor: string | false | null;
  headers: IncomingHttpHeaders;
}

/** A server of loopback that has this certificate, and keeps whom it was asked for. */
async function listenWith(certified: Certified) {
  const arrived: Arrived[] = [];
  const server = createServer(certified, ({ socket, headers }, response) => {
    arrived.push({ askedFor: (socket as TLSSocket).servername, headers });
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { arrived, port: (server.address() as AddressInfo).port };
}

/** One that takes loopback for public, and is told that the name is there. */
const senderTo = (options: SenderOptions = {}) =>
  createSender({
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    isPublic: (address) => address === "127.0.0.1",
    ...options,
  });

onEveryEngine("a message over https", (bench) => {
  /** The partner sells, and the message goes to a server that has this certificate. */
  async function sendTo(certified: Certified, options: SenderOptions = {}) {
    const { arrived, port } = await listenWith(certified);
    const world = await openOutboxWorld(bench, { hears: false });
    await setPartnerWebhook(world.deps, { partner: "north", url: `https://${name}:${port}/hook` });
    await world.sell();
    await world.sendDue({ sender: senderTo(options) });
    const [message] = await world.messages();
    return { arrived, message, port };
  }

  it("reaches the checked address, which is asked for the name", async () => {
    const { arrived, message, port } = await sendTo(authority.issue({ name }));
    expect(message).toMatchObject({ state: "delivered", status: 200, problem: null });
    expect(arrived).toMatchObject([{ askedFor: name, headers: { host: `${name}:${port}` } }]);
  });

  it("does not leave when the address is not fit, whatever the certificate", async () => {
    const { arrived, message } = await sendTo(authority.issue({ name }), { isPublic: () => false });
    expect(message).toMatchObject({ state: "pending", status: null, problem: "address_forbidden" });
    expect(arrived).toEqual([]);
  });

  it.each<[string, () => Certified, string]>([
    ["of another name", () => authority.issue({ name: "south.example" }), "certificate_of_other_name"],
    ["of the address", () => authority.issue({ name: "127.0.0.1" }), "certificate_of_other_name"],
    ["that has expired", () => authority.issue({ name, until: yesterday }), "certificate_expired"],
    ["that is its own authority", () => selfSigned({ name }), "certificate_untrusted"],
    ["of an unknown authority", () => makeTestAuthority().issue({ name }), "certificate_untrusted"],
  ])("is not told to a server with a certificate %s, and the row says why", async (_, certified, problem) => {
    const { arrived, message } = await sendTo(certified());
    expect(message).toMatchObject({ state: "pending", attempts: 1, status: null, problem });
    expect(arrived).toEqual([]);
  });
});
