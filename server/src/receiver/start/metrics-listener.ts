import { createServer, type Server } from "node:http";
import type { Config } from "../../config/config.ts";
import type { Metrics } from "../../http/metrics.ts";
import { addressOf, listen } from "./listen.ts";

/** Serves `/metrics` and nothing else, on an address of its own, which a firewall can keep for scrapers. */
function createMetricsServer(metrics: Metrics): Server {
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000, maxHeaderSize: 8_192 });
  server.on("request", (request, response) => {
    const path = request.url?.split("?")[0];
    if (path !== "/metrics" || (request.method !== "GET" && request.method !== "HEAD")) {
      response.writeHead(404, { "content-type": "text/plain" }).end("Only /metrics is served here.\n");
      return;
    }
    metrics.text().then(
      (text) => {
        const headers = { "content-type": metrics.registry.contentType, "cache-control": "no-store" };
        response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : text);
      },
      () => response.writeHead(500).end(),
    );
  });
  return server;
}

/** Serves `/metrics` there. @throws {StartError} in a sentence */
export async function listenForScrapers(metrics: Metrics, at: Pick<Config["listen"], "host" | "port">) {
  const server = createMetricsServer(metrics);
  const { address, port } = await listen(server, at);
  return { server, url: `${addressOf(address, port)}/metrics` };
}
