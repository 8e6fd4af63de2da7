import { loadConfig } from "../../server/src/config/load-config.ts";
import { limitHeapGrowth } from "../../server/src/heap-growth.ts";
import { createLog } from "../../server/src/log-writer.ts";
import { startReceiver } from "../../server/src/main.ts";
import { answerParent } from "./children.ts";
import { subjectTasks } from "./subject.ts";
import { benchEnv } from "./world.ts";

// The receiver as `tallystick serve` runs it, with its log on standard output.
limitHeapGrowth();
const log = await createLog({ destination: 1 });
const config = await loadConfig({ file: process.argv[2] ?? "", env: {} });
const receiver = await startReceiver({ config, log, env: benchEnv });

answerParent(subjectTasks(receiver.url), () => receiver.stop());
