import type { AddressInfo } from "node:net";
import { loadConfig } from "../../../server/src/config/load-config.ts";
import { readServerSecrets } from "../../../server/src/config/secrets.ts";
import { createLog } from "../../../server/src/deps/log-writer.ts";
import { createHttpServer } from "../../../server/src/http/listen.ts";
import { createApp } from "../../../server/src/receiver/routes/app.ts";
import { openDeps } from "../../../server/src/receiver/start/open-deps.ts";
import { openShops } from "../../../server/src/shops/open-shops.ts";
import { answerParent } from "../children.ts";
import { subjectTasks } from "../subject.ts";
import { benchEnv } from "../world.ts";

// The receiver itself, put together as its entry point does, but each piece of work has a durable commit of its own.
const log = await createLog({ destination: 1 });
const config = await loadConfig({ file: process.argv[2] ?? "", env: {} });
const { adminToken, shops } = await readServerSecrets(config, benchEnv);
const deps = await openDeps(config, {
  log,
  env: benchEnv,
  store: { longRunning: true, groupCommit: false, groupsOf: 0 },
});
const isStopping = () => false;
const app = createApp(deps, { shops: openShops(shops), adminToken, isStopping });
const { server, drain } = createHttpServer(app.fetch, { log, isStopping });
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;

answerParent(subjectTasks(`http://127.0.0.1:${port}`), async () => {
  await drain(1_000);
  await deps.store.close();
});
