import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A way to a database that can swallow everything without closing a connection. */
export interface BlackHole {
  /** The database's address through it. */
  url: string;
  /** From now on no byte comes through, on old connections and new ones. They stay open. */
  swallow(): void;
  /** New connections come through again. The old ones stay silent, as behind a firewall that has forgotten them. */
  reopen(): void;
  /** From now on new connections lead to another server; the old ones are closed. */
  leadTo(database: string): void;
  /** Resolves when a byte is swallowed: somebody has asked and gets no answer. */
  swallowed(): Promise<void>;
}

/** Puts a black hole before a database. It is gone when the test has finished. */
export async function openBlackHole(database: string): Promise<BlackHole> {
  let target = new URL(database);
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let isSwallowing = false;
  let lost = new WeakSet<Socket>();
  const note = () => {
    for (const tell of waiting) tell();
    waiting.clear();
  };
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    const forward = (from: Socket, to: Socket) => {
      from.on("data", (bytes) => {
        if (isSwallowing || lost.has(near)) note();
        else to.write(bytes);
      });
      from
        .on("error", () => {})
        .on("close", () => {
          sockets.delete(from);
          to.destroy();
        });
    };
    sockets.add(near).add(far);
    if (isSwallowing) lost.add(near);
    forward(near, far);
    forward(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(database);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    swallow() {
      isSwallowing = true;
      lost = new WeakSet(sockets);
    },
    reopen() {
      isSwallowing = false;
    },
    leadTo(other) {
      target = new URL(other);
      for (const socket of sockets) socket.destroy();
    },
    swallowed: () => new Promise((resolve) => waiting.add(resolve)),
  };
}
