// The least that a start with a stored token can cost: Node's crypto is loaded and verifies one signature, with no
// SDK, no rules and no link.
const { readFileSync } = process.getBuiltinModule("node:fs");
const { verify } = process.getBuiltinModule("node:crypto");

const [, , file, jwk] = process.argv;
const token = readFileSync(file, "utf8");
const signed = Buffer.from(token.slice(0, -87));
const signature = Buffer.from(token.slice(-86), "base64url");
if (!verify(null, signed, { key: JSON.parse(jwk), format: "jwk" }, signature))
  throw new Error("not verified");
