import type { Terminal } from "./terminal.ts";

const terminalMs = 200;
const elsewhereMs = 5_000;

/**
 * Tells how far a command is, on standard error: to a person as one line that is written anew, elsewhere as a line now and
 * then. `what` follows the number: `orders read`.
 */
export function tellCount(
  stderr: Terminal["stderr"],
  what: string,
): { tell(done: number): void; end(): void } {
  const isLive = stderr.isTTY === true;
  const everyMs = isLive ? terminalMs : elsewhereMs;
  const begun = performance.now();
  let toldAt = begun;
  let hasLine = false;
  return {
    tell(done) {
      const now = performance.now();
      if (now - toldAt < everyMs) return;
      toldAt = now;
      const line = `${done.toLocaleString("en")} ${what}, ${Math.round((now - begun) / 1000)} s`;
      stderr.write(isLive ? `\r${line}\u001b[K` : `${line}\n`);
      hasLine = isLive;
    },
    end() {
      if (hasLine) stderr.write("\r\u001b[K");
    },
  };
}
