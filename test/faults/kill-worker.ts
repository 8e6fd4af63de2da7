import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "vitest";
import { nodeFlags, type Vendor } from "./vendor.ts";

/**
 * Runs a program that prints a letter at each step and `done` at its end, and kills it after so many letters, unless it
 * says by then that it is done. Returns what it printed; one that ends in another way fails the test.
 */
export async function killWorker(
  { env }: Pick<Vendor, "env">,
  { words: given, enough }: { words: readonly string[]; enough: number },
): Promise<string> {
  const child = spawn(process.execPath, [...nodeFlags, ...given], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += String(chunk);
    if (printed.length >= enough && !printed.includes("d")) child.kill("SIGKILL");
  });
  const [code] = await once(child, "close");
  if (!printed.endsWith("done")) expect({ code, printed }).toEqual({ code: null, printed });
  return printed;
}
