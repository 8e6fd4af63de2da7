import { setImmediate } from "node:timers";
import { Worker, type WorkerOptions } from "node:worker_threads";
import type { Recorder, Recording, ToRecord } from "../recorder.ts";
import { type Answered, type Asked, errorOf, read, type Sent, type ThreadData, written } from "./messages.ts";

/** A recorder that has a thread of its own. */
export interface RecorderThread extends Recorder {
  /** Resolves once what was asked is done and the thread has ended. */
  stop(): Promise<void>;
}

/** The file that a thread runs: it calls `runRecorderThread`. */
export interface ThreadProgram {
  file: URL;
  options: WorkerOptions;
}

// A turn of the event loop in which 30 requests are read lasts some milliseconds: the thread is not to wait for its end.
const mostInOneMessage = 8;

interface Waiting {
  resolve(recording: Recording): void;
  reject(error: Error): void;
}

/**
 * Starts a thread that records events on a connection of its own, so that requests are read, verified and answered
 * on one processor while another writes: more than half of a purchase is SQLite's. Events go to the thread some in a
 * message, and what shared a commit comes back in one: about five microseconds an event on either side.
 *
 * A thread that ends by itself is thrown as an error: the receiver cannot go on without it.
 */
export async function startRecorderThread(
  data: ThreadData,
  { file, options }: ThreadProgram,
): Promise<RecorderThread> {
  const worker = new Worker(file, { name: "tallystick-recorder", workerData: data, ...options });
  const waiting = new Map<number, Waiting>();
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  await ready(worker);

  let toAsk: Exclude<Asked, "stop">[number][] = [];
  let asked = 0;
  let stopping = false;
  const ask = () => {
    if (toAsk.length === 0) return;
    const all = toAsk;
    toAsk = [];
    worker.postMessage(written<Asked>(all));
  };
  worker.on("message", (sent: Sent<Answered>) => {
    const answered = read(sent);
    if (answered === "ready") return;
    for (const answer of answered) {
      const one = waiting.get(answer.number);
      waiting.delete(answer.number);
      if ("failure" in answer) one?.reject(errorOf(answer.failure));
      else one?.resolve(answer.recording);
    }
  });
  worker.once("error", (error: Error) => {
    throw error;
  });
  worker.once("exit", () => {
    if (!stopping) throw new Error("the recorder's thread has ended by itself");
  });

  const record = (toRecord: ToRecord) =>
    new Promise<Recording>((resolve, reject) => {
      const number = ++asked;
      waiting.set(number, { resolve, reject });
      toAsk.push({ number, toRecord });
      if (toAsk.length === 1) setImmediate(ask);
      else if (toAsk.length >= mostInOneMessage) ask();
    });
  return {
    record,
    async stop() {
      stopping = true;
      ask();
      worker.postMessage(written<Asked>("stop"));
      await ended;
    },
  };
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", () => {
      worker.off("error", reject);
      resolve();
    });
  });
}
