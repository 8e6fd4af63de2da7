import { once } from "node:events";
import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";

/** A site that listens. */
export interface Site {
  stop(): Promise<void>;
}

/** Puts an app behind an address on loopback. @throws when the port is taken */
export async function openSite(app: Hono, address: string): Promise<Site> {
  const { hostname, port } = new URL(address);
  const server = serve({ fetch: app.fetch, hostname, port: Number(port) }) as Server;
  await once(server, "listening");
  return {
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
