import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ReadyNetworkKind } from "../../server/src/config/network-config.ts";
import { networkAdapter } from "../../server/src/networks/network-adapter.ts";
import { type Network, openNetwork } from "../../server/src/networks/open-networks.ts";
import type { OutboxMessage, PreparedRequest, Verdict } from "../../server/src/outbox/adapter.ts";
import { member, message, readyNetwork, sentAt } from "./network-fixtures.ts";

const networks = setupServer();
beforeAll(() => networks.listen({ onUnhandledFrame: "error" }));
afterEach(() => networks.resetHandlers());
afterAll(() => networks.close());

interface Answer {
  status?: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

/** Sends a message as the outbox does, but for its checks of addresses, and judges what the mock answers. */
async function tell(network: Network, kind: OutboxMessage["kind"], answer: Answer): Promise<Verdict> {
  const { status = 200, json, text, headers = {} } = answer;
  networks.use(
    http.all(`${network.base.origin}/*`, () =>
      json === undefined
        ? new HttpResponse(text ?? null, { status, headers })
        : HttpResponse.json(json as object, { status, headers }),
    ),
  );
  const adapter = networkAdapter(network);
  const prepared = adapter.prepare(message(kind), member(), sentAt);
  if ("unsupported" in prepared) throw new Error(prepared.unsupported);
  const response = await exchange(prepared);
  return adapter.judge(response, { message: message(kind), request: prepared });
}

async function exchange({ url, method, headers, body }: PreparedRequest) {
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const queued = { Status: "QUEUED", QueuedUri: "/Advertisers/SID1/APISubmissions/A-1" };
const taken = (mutation: string) => ({
  data: { [mutation]: { orders: [{ submissionId: "s-1" }], errors: null } },
});
const tuned = (status: number, data: unknown) => ({
  response: { status, httpStatus: 200, data, errors: [] },
});

const done: [ReadyNetworkKind, OutboxMessage["kind"], Answer, string?][] = [
  ["impact", "convert", { json: queued }],
  ["impact", "adjust", { json: queued }],
  ["impact", "reverse", { json: queued }],
  ["awin", "convert", { json: {} }],
  ["awin", "adjust", { json: { jobId: "1" } }],
  ["awin", "reverse", { status: 202, json: { jobId: "1" } }],
  ["cj", "convert", { json: taken("createOrders") }, "s-1"],
  ["cj", "adjust", { json: taken("restateOrders") }, "s-1"],
  ["cj", "reverse", { json: { ...taken("cancelOrders"), errors: [] } }, "s-1"],
  ["shareasale", "convert", { text: "Transaction Created" }],
  ["shareasale", "reverse", { text: "Transaction Voided" }],
  ["rakuten", "convert", { text: "GIF89a", headers: { "content-type": "image/gif" } }],
  ["tapfiliate", "convert", { status: 201, json: { id: 19064395, external_id: "in_1" } }, "19064395"],
  ["tapfiliate", "convert", { status: 200, json: { id: "cv_eXampl3" } }, "cv_eXampl3"],
  ["tapfiliate", "adjust", { json: { id: 19064395 } }],
  ["tapfiliate", "reverse", { status: 204 }],
  ["post-affiliate-pro", "convert", { text: "" }],
  ["post-affiliate-pro", "convert", { text: "setVisitor('abc');" }],
  ["partnerstack", "convert", { status: 201, json: { data: { key: "txn_1" }, status: "201" } }, "txn_1"],
  ["everflow", "convert", { json: { result: true } }],
  ["tune", "convert", { json: tuned(1, { Conversion: { tune_event_id: "ev-1" } }) }, "ev-1"],
  ["tune", "adjust", { json: tuned(1, true) }],
  ["tune", "reverse", { json: tuned(1, true) }],
];

const refused: [ReadyNetworkKind, OutboxMessage["kind"], Answer, string][] = [
  ["impact", "convert", { json: { Status: "ERROR" } }, "body_refused"],
  [
    "impact",
    "convert",
    { status: 400, json: { Status: "ERROR", errors: [{ field: "CampaignId" }] } },
    "http_400",
  ],
  ["awin", "convert", { status: 400, json: { error: "x" } }, "http_400"],
  ["cj", "convert", { json: { errors: [{ message: "Unauthorized" }] } }, "body_refused"],
  [
    "cj",
    "convert",
    {
      json: { data: { createOrders: { orders: null, errors: [{ message: "amount", fields: ["amount"] }] } } },
    },
    "body_refused",
  ],
  ["cj", "reverse", { text: "<html>" }, "body_refused"],
  ["shareasale", "convert", { text: "Error Code 4001: Invalid token" }, "body_refused"],
  ["shareasale", "adjust", { text: "" }, "body_refused"],
  ["tapfiliate", "convert", { json: { warnings: {} } }, "body_refused"],
  ["tapfiliate", "adjust", { status: 404, json: {} }, "http_404"],
  ["post-affiliate-pro", "convert", { text: "<b>Fatal error</b>" }, "body_refused"],
  ["partnerstack", "convert", { status: 422, json: {} }, "http_422"],
  ["everflow", "convert", { json: { result: false } }, "body_refused"],
  ["tune", "convert", { json: tuned(-1, "") }, "body_refused"],
  ["rakuten", "convert", { status: 404 }, "http_404"],
];

describe("answers of the ready networks", () => {
  it.each(done)("%s took what it was told to %s", async (kind, effect, answer, conversionId) => {
    const verdict = { outcome: "delivered", ...(conversionId === undefined ? {} : { conversionId }) };
    expect(await tell(readyNetwork(kind), effect, answer)).toEqual(verdict);
  });

  it.each(refused)("%s refused to %s, whatever its status says", async (kind, effect, answer, problem) => {
    expect(await tell(readyNetwork(kind), effect, answer)).toEqual({ outcome: "refused", problem });
  });

  it.each([
    [500, {}],
    [503, { "retry-after": "120" }],
    [429, { "retry-after": "7" }],
    [401, {}],
    [403, {}],
    [408, {}],
    [409, {}],
  ])("are worth another attempt with status %d", async (status, headers) => {
    const afterSeconds = Number(Object.values(headers)[0]);
    expect(await tell(readyNetwork("impact"), "convert", { status, headers })).toEqual({
      outcome: "retry",
      problem: `http_${status}`,
      ...(Number.isNaN(afterSeconds) ? {} : { afterSeconds }),
    });
  });
});

/** A network of the vendor's own, as its template would be after reading the configuration. */
const custom = (convert: object) =>
  openNetwork("own", {
    kind: "custom",
    base: "https://own.example",
    settings: { user: "Mufasa" },
    secrets: { password: "Circle of Life" },
    convert: { method: "POST", path: "/c", query: {}, headers: {}, auth: { kind: "none" }, ...convert },
    adjust: { byHand: "Write to Eve." },
    reverse: { byHand: "Write to Eve." },
  } as never);

describe("answers that a template describes", () => {
  const answer = {
    done: [{ matches: "^OK" }],
    duplicate: [{ pointer: "/code", is: ["duplicate"] }],
    retry: [{ matches: "busy" }],
    conversion: { matches: "id=(\\S+)" },
  };

  it("are known already, whatever the status", async () => {
    const verdict = await tell(custom({ answer }), "convert", {
      status: 422,
      json: { code: "duplicate", note: "id=7" },
    });
    expect(verdict).toMatchObject({ outcome: "delivered" });
  });

  it("are for another time, whatever the status", async () => {
    expect(await tell(custom({ answer }), "convert", { text: "OK but busy" })).toEqual({
      outcome: "retry",
      problem: "body_busy",
    });
  });

  it("name the conversion, unless the name could not be kept", async () => {
    expect(await tell(custom({ answer }), "convert", { text: "OK id=a-7" })).toEqual({
      outcome: "delivered",
      conversionId: "a-7",
    });
    expect(await tell(custom({ answer }), "convert", { text: `OK id=${"x".repeat(201)}` })).toEqual({
      outcome: "delivered",
    });
  });
});

describe("a network that wants a digest", () => {
  const auth = { kind: "digest", user: "{network.user}", password: "{network.password}" };
  const rules = { done: [], duplicate: [], retry: [] };
  const challenge = 'Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-256';

  it("is answered once an attempt, with the same request", async () => {
    const network = custom({ auth, answer: rules, body: { json: { o: "{order}" } } });
    const verdict = await tell(network, "convert", {
      status: 401,
      headers: { "www-authenticate": challenge },
    });
    if (verdict.outcome !== "again") throw new Error(`expected another request, not ${verdict.outcome}`);
    const { authorization, ...headers } = verdict.request.headers;
    expect(authorization).toMatch(
      /^Digest username="Mufasa", realm="r", uri="\/c", algorithm=SHA-256, .*nc=00000001/,
    );
    const first = networkAdapter(network).prepare(message("convert"), member(), sentAt);
    expect({ ...verdict.request, headers }).toEqual(first);
    const response = { status: 401, headers: new Headers({ "www-authenticate": challenge }), body: "" };
    const again = { message: message("convert"), request: verdict.request };
    expect(networkAdapter(network).judge(response, again)).toEqual({ outcome: "retry", problem: "http_401" });
  });

  it("is tried again later when its challenge is not understood", async () => {
    const headers = { "www-authenticate": 'Negotiate, Basic realm="r"' };
    const verdict = await tell(custom({ auth, answer: rules }), "convert", { status: 401, headers });
    expect(verdict).toEqual({ outcome: "retry", problem: "challenge_unknown" });
  });
});

describe("what cannot be sent", () => {
  it("is told to a person: another currency than the network's", () => {
    const prepared = networkAdapter(readyNetwork("tune")).prepare(
      message("convert", { currency: "JPY" as never }),
      member(),
      sentAt,
    );
    expect(prepared).toEqual({
      unsupported: "Enter order in_1&x=2 in TUNE by hand: it takes amounts in EUR, and this one is in JPY.",
    });
  });

  it("is told to a person: a conversion that the network never named", () => {
    const unnamed = { ...message("reverse"), conversionId: null };
    expect(networkAdapter(readyNetwork("tapfiliate")).prepare(unnamed, member(), sentAt)).toEqual({
      unsupported: "Cancel order in_1&x=2 in Tapfiliate by hand: it needs conversion, which is not known.",
    });
  });

  it("is told to a person: a partner's id that is no number where the network wants one", () => {
    expect(
      networkAdapter(readyNetwork("awin")).prepare(message("convert"), member({ id: "7]" }), sentAt),
    ).toEqual({
      unsupported: 'Enter order in_1&x=2 in Awin by hand: "7]" is not a number.',
    });
  });
});
