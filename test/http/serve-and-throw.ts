import { loadConfig } from "../../server/src/config/load-config.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { serve } from "../../server/src/receiver/start-receiver.ts";

/** A receiver with a mistake in it that nothing catches. */
const config = await loadConfig({ file: process.argv[4] ?? "", env: {} });
const log = await createLog({ destination: 1 });
setTimeout(() => {
  throw new Error("a mistake that nothing catches");
}, 1000);
await serve({ config, env: process.env, log });
