import { loadConfig } from "../../server/src/config/load-config.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { serve } from "../../server/src/receiver/start/serve.ts";

/** A receiver with a mistake in it that nothing catches, made when it hears SIGUSR2. */
const config = await loadConfig({ file: process.argv[4] ?? "", env: {} });
const log = await createLog({ destination: 1 });
process.once("SIGUSR2", () => {
  throw new Error("a mistake that nothing catches");
});
await serve({ config, env: process.env, log });
