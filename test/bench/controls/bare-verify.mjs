// The least that checks a token: reads a file and verifies an Ed25519 signature, by Node's own means and nothing else.
// Prints the milliseconds it took.
import { readFileSync, writeSync } from "node:fs";

const [, , file, jwk] = process.argv;
const begun = performance.now();
const [header, claims, signature] = readFileSync(file, "utf8").trim().split(".");
const key = await crypto.subtle.importKey("jwk", JSON.parse(jwk), "Ed25519", false, ["verify"]);
const bytes = Buffer.from(`${header}.${claims}`);
const isGood = await crypto.subtle.verify("Ed25519", key, Buffer.from(signature, "base64url"), bytes);
writeSync(1, `${isGood ? "verified" : "forged"} ${performance.now() - begun}`);
