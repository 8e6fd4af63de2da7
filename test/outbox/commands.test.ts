import { expect, it } from "vitest";
import { runHere } from "../../server/src/receiver/testing/run-here.ts";
import { openVendor } from "../faults/vendor.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

onEveryEngine("the commands of the outbox", (bench) => {
  it("set a partner's webhook, show its secret once, and tell what a test message came to", async () => {
    const vendor = await openVendor(bench.engine);
    const webhook = async (...args: string[]) => {
      const { code, stdout } = await runHere(["partner", "webhook", ...args, "--json"], vendor);
      return { code, ...(JSON.parse(stdout) as Record<string, unknown>) };
    };
    const url = "https://localhost:8443/";
    expect(await webhook("set", "north", "--url", url)).toMatchObject({
      code: 0,
      partner: "north",
      url,
      secret: expect.stringMatching(/^whsec_/),
    });
    const words = ["partner", "webhook", "set", "north", "--url", "https://0x7f.1:8443/"];
    const numeric = await runHere(words, vendor);
    expect(numeric).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("address of the public Internet"),
    });
    expect(await webhook("show", "north")).toMatchObject({ url });
    expect(await webhook("show", "north")).not.toHaveProperty("secret");
    expect(await webhook("test", "north")).toMatchObject({
      code: 1,
      delivered: false,
      problem: "address_forbidden",
    });
    expect(await webhook("rotate", "north", "--overlap", "0")).toMatchObject({ rotatingUntil: null });
    expect(await webhook("remove", "north")).toMatchObject({ status: "removed" });
    expect(await webhook("remove", "north")).toMatchObject({ code: 1, error: { code: "webhook_unknown" } });
  });

  it("say what to do when they are used wrongly", async () => {
    const vendor = await openVendor(bench.engine);
    const outbox = (...args: string[]) => runHere(["outbox", ...args], vendor);
    expect(await outbox("list", "--state", "lost")).toMatchObject({ code: 2 });
    expect(await outbox("list")).toMatchObject({ code: 0, stdout: "There are no such messages.\n" });
    expect(await outbox("replay")).toMatchObject({ code: 2 });
    expect(await outbox("replay", "--all-failed", "--dry-run")).toMatchObject({
      code: 0,
      stdout: "0 messages would be sent again.\n",
    });
    expect(await outbox("show", "msg_x")).toMatchObject({ code: 1 });
    expect(await outbox("drop", "msg_x", "--note", " ")).toMatchObject({ code: 2 });
  });
});
