import type { ThreadProgram } from "../intake/recorder-thread/start-recorder-thread.ts";

/** The program of the recorder's thread: beside this file in the source tree, and beside the bundle when it is built. */
export const recorderProgram = (): ThreadProgram => programBeside(import.meta.url);

const programBeside = (here: string): ThreadProgram =>
  here.endsWith(".ts")
    ? { file: new URL("recorder-thread.ts", here), options: { execArgv: ["--conditions=tallystick-source"] } }
    : { file: new URL("recorder-thread.js", here), options: {} };
