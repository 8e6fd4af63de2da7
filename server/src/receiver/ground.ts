/** What every command with a database begins with, in one file to be loaded. What opens all of it is another. */
export { defaultConfigFile, loadConfig } from "../config/load-config.ts";
export { createLog } from "../deps/log-writer.ts";
export { openLooking } from "./start/open-looking.ts";
