import { describe, expect, it } from "vitest";
import { createMemoryTokenStore } from "../index.ts";
import { calls } from "../testing/every-call.ts";
import { createProduct } from "../testing/product.ts";
import { createSigner, noon } from "../testing/signer.ts";

const signer = await createSigner();

const documents = {
  token: "a.b.c",
  licence: { id: "AAAA-BBBB", expiresAt: "2026-12-05", willRenew: false, billingProblem: false },
  reminder: {
    about: "AAAA-BBBB 2026-12-05",
    shownStage: 30,
    shownAt: noon,
    snoozedUntil: noon,
    declined: false,
  },
  registration: [
    {
      licence: "AAAA-BBBB",
      tokenId: "t-1",
      attempts: 3,
      retryAt: noon,
      askedToWait: true,
      answer: { status: "bound", partner: "north", boundAt: "2026-11-21T12:00:00Z", askedAt: noon },
    },
  ],
  voucher: { code: "7K3M", key: "A".repeat(22) },
  "last-seen": { at: "2026-11-21T12:00:00Z", since: "2026-11-01T00:00:00Z", leap: null },
  consent: { given: true },
} as const;

const oddJson: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  "",
  "\u0000",
  "9999-12-31T23:59:59Z",
  "x".repeat(9000),
  [],
  [[]],
  {},
  [null],
];

/** A value with one of its parts replaced: every part in turn, by every odd value. */
function* damaged(value: unknown): Generator<unknown> {
  yield* oddJson;
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    for (const odd of damaged(part)) {
      yield Array.isArray(value) ? Object.assign([...value], { [name]: odd }) : { ...value, [name]: odd };
    }
  }
}

describe("files that somebody has changed", () => {
  it.each(Object.entries(documents))("do not throw into the product: %s", async (name, sound) => {
    const thrown: string[] = [];
    const texts = [
      "",
      "{",
      "\u0000",
      "[".repeat(10_000),
      ...[...damaged(sound)].map((one) => JSON.stringify(one)),
    ];
    for (const text of texts) {
      const store = createMemoryTokenStore({ [name]: text });
      for (const [call, run] of Object.entries(calls)) {
        try {
          await run(createProduct(signer, { store }).renewal, undefined as never);
        } catch (error) {
          thrown.push(`${call} with ${text.slice(0, 200)}: ${error}`);
        }
      }
    }
    expect(thrown.slice(0, 5)).toEqual([]);
  });
});
