import { expect, it } from "vitest";
import { openApp } from "../../../test/http/open-app.ts";
import { sampleToken } from "./sample-token.ts";

it("is as long as the token it stands for", async () => {
  const receiver = await openApp();
  await receiver.admin("POST", "/v1/partners", { id: "north-light", name: "North" });
  for (const batch of [undefined, "download", "spring-fair-2027"]) {
    const order = { partner: "north-light", product: "acme-paint", batch };
    const issued = await receiver.admin("POST", "/v1/tokens", order);
    const { token } = (await issued.json()) as { token: string };
    expect(sampleToken(receiver.deps.config, order)).toHaveLength(token.length);
  }
  await receiver.close();
});
