import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { PublicJwk } from "@tallystick/sdk/protocol";
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import { writeSecretFile } from "../secrets/secret-file.ts";
import { as, type KeyId } from "../words/ids.ts";

/** A private Ed25519 key (RFC 8037, section 2). */
export interface PrivateJwk extends PublicJwk {
  readonly d: string;
}

/** A new signing key: the public half for the database, the private half for the keys folder. */
export interface KeyPair {
  kid: KeyId;
  publicJwk: PublicJwk;
  privateJwk: PrivateJwk;
}

/** Makes an Ed25519 key whose id is its thumbprint (RFC 7638). */
export async function generateSigningKey(): Promise<KeyPair> {
  const { privateKey } = await generateKeyPair("Ed25519", { extractable: true });
  const { x = "", d = "" } = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint({ kty: "OKP", crv: "Ed25519", x }, "sha256");
  // A command line would take an id that begins with a hyphen for an option.
  if (kid.startsWith("-")) return generateSigningKey();
  const publicJwk: PublicJwk = { kty: "OKP", crv: "Ed25519", x, kid, alg: "Ed25519", use: "sig" };
  return { kid: as.key(kid), publicJwk, privateJwk: { ...publicJwk, d } };
}

/** Writes the private half as `<kid>.jwk`, readable by its owner alone. */
export function writePrivateKey(folder: string, { kid, privateJwk }: KeyPair): void {
  writeSecretFile(privateKeyFile(folder, kid), `${JSON.stringify(privateJwk)}\n`);
}

/** Removes a private half whose public half was not entered in the database after all. */
export function removePrivateKey(folder: string, kid: KeyId): void {
  rmSync(privateKeyFile(folder, kid), { force: true });
}

/** Reads the private half that belongs to a public one; throws in an operator's words when it cannot. */
export function readPrivateKey(folder: string, published: PublicJwk): PrivateJwk {
  const file = privateKeyFile(folder, as.key(published.kid));
  let jwk: PrivateJwk;
  try {
    jwk = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const remedy = "restore it from a backup, or make a new key with `tallystick key rotate`";
    throw new Error(`the private half of the signing key cannot be read from ${file}: ${remedy}`, { cause });
  }
  if (jwk.x !== published.x || typeof jwk.d !== "string") {
    throw new Error(`${file} does not hold the private half of the signing key ${published.kid}`);
  }
  return jwk;
}

function privateKeyFile(folder: string, kid: KeyId): string {
  return join(folder, `${kid}.jwk`);
}
