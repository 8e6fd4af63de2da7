import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A process of the benchmark, which does what it is asked over its channel and ends with its parent. */
export interface Child<Tasks extends TaskTable> {
  ask<Name extends keyof Tasks & string>(
    name: Name,
    input: Parameters<Tasks[Name]>[0],
  ): Promise<Awaited<ReturnType<Tasks[Name]>>>;
  /** Asks it to end, and waits for that. */
  stop(): Promise<void>;
}

/** What a process can be asked: plain values in, plain values out. */
// biome-ignore lint/suspicious/noExplicitAny: the input of a task is whatever its table says.
export type TaskTable = Record<string, (input: any) => unknown>;

interface Question {
  id: number;
  name: string;
  input: unknown;
}
type Answer = { id: number; result: unknown } | { id: number; error: string };

/** How a process is started. */
export interface ChildOptions {
  args?: readonly string[];
  /** Where its standard output goes: a file descriptor, or nowhere. */
  output?: number;
  nodeOptions?: readonly string[];
}

/** Starts a file of this folder as a process. Rejects when it ends before it is ready. */
export async function startChild<Tasks extends TaskTable>(
  file: string,
  { args = [], output, nodeOptions = [] }: ChildOptions = {},
): Promise<Child<Tasks>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [...args], {
    execArgv: ["--conditions=tallystick-source", ...nodeOptions],
    stdio: ["ignore", output ?? "ignore", "inherit", "ipc"],
    serialization: "advanced",
  });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended`));
  });
  await ready(child, file);
  child.on("message", (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ("error" in answer) asked?.reject(new Error(`${file}: ${answer.error}`));
    else asked?.resolve(answer.result as never);
  });
  let asked = 0;
  return {
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        const id = ++asked;
        waiting.set(id, { resolve, reject });
        child.send({ id, name, input } satisfies Question);
      }),
    async stop() {
      if (child.connected) child.disconnect();
      const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await ended;
      clearTimeout(late);
    },
  };
}

function ready(child: ChildProcess, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`${file} ended with ${code} before it was ready`)));
    child.once("error", reject);
  });
}

/**
 * The other end of `startChild`: says that this process is ready, answers what it is asked, and ends, after `end`,
 * when its parent lets go of it or is gone.
 */
export function answerParent(tasks: TaskTable, end: () => Promise<void> | void = () => {}): void {
  process.on("message", async ({ id, name, input }: Question) => {
    try {
      process.send?.({ id, result: await tasks[name]?.(input) } satisfies Answer);
    } catch (error) {
      process.send?.({ id, error: (error as Error).stack ?? String(error) } satisfies Answer);
    }
  });
  process.once("disconnect", async () => {
    await end();
    process.exit(0);
  });
  // Whoever wants to end the benchmark with Ctrl+C ends its parent, which lets go of this.
  process.on("SIGINT", () => {});
  process.send?.("ready");
}
