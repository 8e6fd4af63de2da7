import { runRecorderThread } from "../intake/recorder-thread/run-recorder-thread.ts";
import { ways } from "./ways.ts";

// The program of the recorder's thread.
await runRecorderThread(ways);
