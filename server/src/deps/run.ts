import type { CommandLine, Run as RunWith } from "../cli/run.ts";
import type { LookingDeps } from "./deps.ts";
import type { OpenedDeps } from "./open-deps.ts";

/** Runs a command's work with all that the receiver has opened. */
export type Run = RunWith<OpenedDeps, LookingDeps>;

/** What a command of the receiver works with. */
export type ReceiverCommandLine = CommandLine<OpenedDeps, LookingDeps>;
