import type { Terminal } from "../../cli/terminal.ts";
import type { OnProgress } from "../import-plan.ts";

const words = { reading: "read", checking: "checked", writing: "written" } as const;
const terminalMs = 200;
const elsewhereMs = 5_000;

/**
 * Tells how far an import is, on standard error: to a person as one line that is written anew, elsewhere as a line now
 * and then.
 */
export function tellProgress(stderr: Terminal["stderr"]): { onProgress: OnProgress; end(): void } {
  const isLive = stderr.isTTY === true;
  const everyMs = isLive ? terminalMs : elsewhereMs;
  const begun = performance.now();
  let toldAt = begun;
  let hasLine = false;
  return {
    onProgress({ phase, done, total }) {
      const now = performance.now();
      if (now - toldAt < everyMs) return;
      toldAt = now;
      const share = total === undefined ? "" : ` of ${total.toLocaleString("en")}`;
      const line = `${done.toLocaleString("en")}${share} serials ${words[phase]}, ${Math.round((now - begun) / 1000)} s`;
      stderr.write(isLive ? `\r${line}\u001b[K` : `${line}\n`);
      hasLine = isLive;
    },
    end() {
      if (hasLine) stderr.write("\r\u001b[K");
    },
  };
}
