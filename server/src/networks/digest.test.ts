import { describe, expect, it } from "vitest";
import { digestAuthorization, readChallenge } from "./digest.ts";

/** The example of RFC 7616, section 3.9.1. */
const challenges = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;

const answerTo = (header: string, changes = {}) => {
  const challenge = readChallenge(header);
  if (challenge === undefined) throw new Error("no challenge was found");
  return digestAuthorization({
    challenge,
    method: "GET",
    target: "/dir/index.html",
    user: "Mufasa",
    password: "Circle of Life",
    body: "",
    cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    ...changes,
  });
};

describe("digest authentication", () => {
  it.each([
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
  ])("answers the challenge of RFC 7616 with %s as the RFC does", (algorithm, response) => {
    expect(answerTo(challenges(algorithm))).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="${response}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
    );
  });

  it("answers the challenge of RFC 2617, whose algorithm goes without saying", () => {
    const header =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
    const answer = answerTo(header, { password: "Circle Of Life", cnonce: "0a4f113b" });
    expect(answer).toContain('response="6629fae49393a05397450978507c4ef1"');
  });

  it("chooses the strongest of the challenges it understands", () => {
    const both = `Basic realm="a, b", ${challenges("MD5")}, ${challenges("SHA-256")}, ${challenges("SHA-512-256")}`;
    expect(readChallenge(both)?.algorithm).toBe("SHA-256");
  });

  it.each([
    'Basic realm="x"',
    "",
    "Digest",
    'Digest realm="x"',
    'Digest realm="x", nonce="n", qop="auth-conf"',
    'Digest realm="x", nonce="n", algorithm=SHA-1',
  ])("answers nothing to %s", (header) => {
    expect(readChallenge(header)).toBeUndefined();
  });

  it("quotes what would end its text", () => {
    expect(answerTo(challenges("MD5"), { user: 'a", b="\\' })).toContain('username="a\\", b=\\"\\\\"');
  });
});
