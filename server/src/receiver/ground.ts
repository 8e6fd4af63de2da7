/** What every command with a database is opened by, in one file to be loaded. */
export { defaultConfigFile, loadConfig } from "../config/load-config.ts";
export { createLog } from "../deps/log-writer.ts";
export { openDeps } from "./open-deps.ts";
