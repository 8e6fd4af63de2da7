import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { tallystickEnvironment } from "../receiver/command-line.ts";
import type { Past, PastReport } from "./past.ts";

const clock = new URL("./moved-clock.ts", import.meta.url).href;
const program = fileURLToPath(new URL("./past-program.ts", import.meta.url));

/**
 * Plays what the channel did before today, in a process of its own whose clock is moved: through the receiver's own doors
 * alone, so that its books are such as a year would have left them. The receiver must not be running.
 *
 * @throws with what went wrong, when it did, or when it was ended
 */
export function playPast(
  { setting, addresses, folder, ending }: Omit<Past, "months"> & { ending: AbortSignal },
  months: number,
): Promise<PastReport> {
  const past: Past = { setting, addresses, folder, months };
  return new Promise((resolve, reject) => {
    const child = fork(program, [], {
      execArgv: ["--conditions=tallystick-source", "--no-warnings", "--import", clock],
      env: tallystickEnvironment(setting),
      stdio: ["ignore", "inherit", "pipe", "ipc"],
      signal: ending,
      killSignal: "SIGKILL",
    });
    const errors: string[] = [];
    child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.push(text));
    const killAtExit = () => child.kill("SIGKILL");
    process.once("exit", killAtExit);
    child.once("message", (answer: { report: PastReport } | { problem: string }) =>
      "report" in answer ? resolve(answer.report) : reject(new Error(answer.problem)),
    );
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.off("exit", killAtExit);
      reject(new Error(`the past ended with ${signal ?? code}: ${errors.join("").trim()}`));
    });
    child.send(past);
  });
}
