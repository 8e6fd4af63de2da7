import { loadConfig } from "../../server/src/config/load-config.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { limitHeapGrowth } from "../../server/src/receiver/start/heap-growth.ts";
import { startReceiver } from "../../server/src/receiver/start/start-receiver.ts";
import { answerParent } from "./children.ts";
import { subjectTasks } from "./subject.ts";
import { benchEnv } from "./world.ts";

// The receiver as `tallystick serve` runs it, with its log on standard output.
limitHeapGrowth();
const log = await createLog({ destination: 1 });
const config = await loadConfig({ file: process.argv[2] ?? "", env: {} });
const receiver = await startReceiver({ config, log, env: benchEnv });

answerParent(subjectTasks(receiver.url), () => receiver.stop());
