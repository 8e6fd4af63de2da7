import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Config } from "../../config/config.ts";

/** The receiver cannot start; the message is one sentence for the person who starts it. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** Makes a server listen. @throws {StartError} in a sentence */
export function listen(
  server: Server,
  { host, port }: Pick<Config["listen"], "host" | "port">,
): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve(server.address() as AddressInfo);
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  switch (error.code) {
    case "EADDRINUSE":
      return sentence(
        `Port ${port} on ${host} is in use already: stop what listens there, or set PORT.`,
        error,
      );
    case "EACCES":
      return sentence(`This user may not listen on port ${port}: set PORT to 1024 or more.`, error);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return sentence(`${host} is no address of this machine: set HOST, or listen.host.`, error);
    default:
      return sentence(`Cannot listen on ${host}:${port}: ${error.message}.`, error);
  }
}

function sentence(message: string, cause: unknown): StartError {
  return new StartError(message, { cause });
}

/** The address of a server for this machine: one that listens everywhere is reached on loopback. */
export function addressOf(host: string, port: number): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}
