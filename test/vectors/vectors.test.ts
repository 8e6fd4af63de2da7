import { readFileSync } from "node:fs";
import {
  createKeySet,
  type JsonWebKeySet,
  readRenewalQuery,
  renewalLink,
  verifyToken,
} from "@tallystick/sdk/protocol";
import { describe, expect, it } from "vitest";
import { type makeLinkVectors, type makeTokenVectors, vectorFiles } from "./make-vectors.ts";

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));

/** The files are what another language's client is tested with, so they are what is tested here. */
const tokens: ReturnType<typeof makeTokenVectors> = read("tokens.json");
const links: ReturnType<typeof makeLinkVectors> = read("links.json");

describe("the protocol's vectors", () => {
  it.each(Object.entries(vectorFiles))("%s is what the script makes", (name, make) => {
    expect(read(name)).toEqual(JSON.parse(JSON.stringify(make())));
  });

  it.each(tokens.vectors)("token: $name", async (vector) => {
    const keys = createKeySet(tokens.keys as JsonWebKeySet);
    const { issuer, product, nowMs } = tokens.expected;
    const verified = await verifyToken(vector.token, { keys, issuer, product, now: nowMs });
    expect(verified).toEqual(
      "accepted" in vector
        ? { ok: true, kid: "2026-a", claims: vector.accepted }
        : { ok: false, code: vector.code },
    );
  });

  it.each(links.vectors)("link: $link", (vector) => {
    expect(renewalLink(vector.parts)).toBe(vector.link);
    expect(readRenewalQuery(new URL(vector.link).searchParams)).toEqual(vector.read);
  });
});
