import { parentPort, workerData } from "node:worker_threads";
import type { Ways } from "../../orders/decide/ways.ts";
import { receiptingStore } from "../../receipts/receipting-store.ts";
import { openStore } from "../../store/open-store.ts";
import { recorderOn, type ToRecord } from "../recorder.ts";
import {
  type Answer,
  type Answered,
  type Asked,
  failureOf,
  read,
  type Sent,
  type ThreadData,
  written,
} from "./messages.ts";

/**
 * Runs the recorder's thread until it is told to stop: it has a connection of its own, and takes turns with the
 * receiver's.
 */
export async function runRecorderThread(ways: Ways): Promise<void> {
  const { config, turn, receiptKey } = workerData as ThreadData;
  const port = parentPort;
  if (port === null) throw new Error("this is a thread's work");

  const opened = await openStore(config.database, { beside: turn });
  const store = receiptKey === undefined ? opened : receiptingStore(opened, { receiptKey });
  const recorder = recorderOn({ store, config, ways });

  const answers: Answer[] = [];
  const answer = (one: Answer) => {
    answers.push(one);
    // All that shared a commit is answered in one message.
    if (answers.length === 1) queueMicrotask(() => say(answers.splice(0)));
  };
  const say = (answered: Answered) => port.postMessage(written(answered));

  async function record(number: number, toRecord: ToRecord): Promise<void> {
    try {
      answer({ number, recording: await recorder.record(toRecord) });
    } catch (error) {
      answer({ number, failure: failureOf(error) });
    }
  }

  port.on("message", async (sent: Sent<Asked>) => {
    const asked = read(sent);
    if (asked !== "stop") {
      for (const { number, toRecord } of asked) void record(number, toRecord);
      return;
    }
    await store.close();
    port.close();
  });
  say("ready");
}
