import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, purchase, signedDelivery } from "./open-app.ts";

let receiver: Awaited<ReturnType<typeof openApp>>;
beforeAll(async () => {
  receiver = await openApp();
  await receiver.admin("POST", "/v1/partners", { id: "north", name: "North" });
});
afterAll(() => receiver.close());

/** Has an order of this id credited, and answers its line in the export. */
async function exportedLine(order: string): Promise<string | undefined> {
  const issued = await receiver.admin("POST", "/v1/tokens", { partner: "north", product: "acme-paint" });
  const { token } = (await issued.json()) as { token: string };
  const click = await receiver.app.request(`/r/acme-paint?t=${token}`);
  const reference = new URL(click.headers.get("location") ?? "").searchParams.get("ref");
  const delivery = signedDelivery(purchase({ order, reference }));
  await receiver.app.request("/webhooks/own", { method: "POST", ...delivery });
  const csv = await receiver.admin("GET", "/v1/ledger/export?format=csv");
  return (await csv.text()).split("\r\n").at(-2);
}

describe("the journal in CSV", () => {
  it.each([
    ["=HYPERLINK(1)", ",'=HYPERLINK(1),"],
    ["@SUM(1)", ",'@SUM(1),"],
    ["-1+1", ",'-1+1,"],
    ['="a",b', `,"'=""a"",b",`],
    ["a;=1+1", ",a;'=1+1,"],
    ["A-1001", ",A-1001,"],
  ])("gives a spreadsheet no formula for an order called %s", async (order, cell) => {
    expect(await exportedLine(order)).toContain(cell);
  });
});
