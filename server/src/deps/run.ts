import type { Run as RunWith } from "../cli/run.ts";
import type { OpenedDeps } from "./open-deps.ts";

/** Runs a command's work with all that the receiver has opened. */
export type Run = RunWith<OpenedDeps>;
