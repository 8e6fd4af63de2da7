import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp } from "../../../test/http/open-app.ts";

let receiver: Awaited<ReturnType<typeof openApp>>;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  receiver = await openApp();
  for (const [id, name] of [
    ["north", "North Star Söftware"],
    ["south", "South Secrets Ltd"],
  ] as const) {
    await receiver.admin("POST", "/v1/partners", { id, name, email: `${id}@partner.example` });
    const issued = await receiver.admin("POST", "/v1/tokens", { partner: id, product: "acme-paint" });
    tokens[id] = ((await issued.json()) as { token: string }).token;
  }
});
afterAll(() => receiver.close());

async function register(partner: string, licence: string) {
  const body = { product: "acme-paint", licence, token: tokens[partner] };
  const response = await receiver.send("POST", "/v1/registrations", body);
  return (await response.json()) as Record<string, unknown>;
}

describe("a registration's answer", () => {
  test("names the partner of the token, and nothing else of it", async () => {
    for (const status of ["bound", "bound"]) {
      const answer = await register("north", "AAAA");
      expect(answer).toEqual({
        product: "acme-paint",
        partner: "north",
        partnerName: "North Star Söftware",
        status,
        boundAt: expect.any(String),
      });
    }
  });

  test("follows a change of the name", async () => {
    await register("north", "BBBB");
    await receiver.admin("PATCH", "/v1/partners/north", { name: "North Star" });
    expect(await register("north", "BBBB")).toMatchObject({ partnerName: "North Star" });
  });

  test("names nobody to whoever comes with another partner's token", async () => {
    await register("south", "CCCC");
    const answer = await register("north", "CCCC");
    expect(answer).toMatchObject({ status: "bound", partner: "north" });
    expect(JSON.stringify(answer)).not.toMatch(/Secrets|south/i);
  });
});
