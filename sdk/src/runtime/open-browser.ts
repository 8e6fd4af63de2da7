import { win32 } from "./built-in.ts";
import type { Surroundings } from "./surroundings.ts";
import { readWebAddress } from "./web-address.ts";

/** `opener_missing`: the system has no such program; `opener_failed`: it reported a failure. */
export type BrowserOutcome = { code: "opened" | "url_refused" | "opener_missing" | "opener_failed" };

/** Opens an address in the customer's browser. Does not throw. */
export type OpenBrowser = (url: string) => Promise<BrowserOutcome>;

/** A program and its arguments, run without a shell. */
export interface OpenerCommand {
  file: string;
  arguments: string[];
}

/** An opener that fails does so at once; one that lives on may be the browser itself. */
const earlyFailureMs = 1000;

/** The platform's own opener for an address. The address is one argument, never a piece of a command line. */
export function openerCommand(url: string, { platform, env }: Surroundings): OpenerCommand {
  if (platform === "darwin") return { file: "/usr/bin/open", arguments: [url] };
  if (platform !== "win32") return { file: "xdg-open", arguments: [url] };
  const system = win32.join(env.SystemRoot || "C:\\Windows", "System32");
  return { file: win32.join(system, "rundll32.exe"), arguments: ["url.dll,FileProtocolHandler", url] };
}

/** Opens with the platform's opener. Only https, or http on this machine, is opened. */
export function createBrowserOpener(surroundings: Surroundings): OpenBrowser {
  return async (text) => {
    const url = readWebAddress(text);
    if (url === undefined) return { code: "url_refused" };
    try {
      return await run(openerCommand(url.href, surroundings));
    } catch {
      return { code: "opener_failed" };
    }
  };
}

/** Loaded here and not above: a start-up that opens nothing does not pay for it. */
async function run(command: OpenerCommand): Promise<BrowserOutcome> {
  const { spawn } = await import("node:child_process");
  const child = spawn(command.file, command.arguments, { detached: true, stdio: "ignore", shell: false });
  child.unref();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ code: "opened" }), earlyFailureMs);
    const settle = (code: BrowserOutcome["code"]) => {
      clearTimeout(timer);
      resolve({ code });
    };
    child.once("error", () => settle("opener_missing"));
    child.once("exit", (status) => settle(status === 0 ? "opened" : "opener_failed"));
  });
}
