import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createHttpServer } from "../../server/src/http/listen.ts";
import type { createApp } from "../../server/src/receiver/routes/app.ts";
import type { Log } from "../../server/src/words/log.ts";
import { launchChromium } from "./stage.ts";

/** A receiver's app on a free port of this machine, with a browser beside it. Both close with the test. */
export async function serveToBrowser({
  app,
  deps,
}: {
  app: Pick<ReturnType<typeof createApp>, "fetch">;
  deps: { log: Log };
}) {
  const { server, drain } = createHttpServer(app.fetch, { log: deps.log, isStopping: () => false });
  onTestFinished(() => drain(1_000));
  await once(server.listen(0, "127.0.0.1") as Server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  return { address, browser };
}
