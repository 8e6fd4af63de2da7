import { isCanonicalBase64url } from "./base64url.ts";
import { TallystickError } from "./tallystick-error.ts";
import { tokenIdPattern } from "./token-claims.ts";

/** A public Ed25519 key as the receiver publishes it (RFC 8037, section 2). */
export interface PublicJwk {
  /** Key type: octet key pair. */
  readonly kty: "OKP";
  /** Curve: no other is used. */
  readonly crv: "Ed25519";
  /** 32 bytes in base64url. */
  readonly x: string;
  /** The key's id, compared character by character: 1 to 64 letters, digits, dots, hyphens, underscores. */
  readonly kid: string;
  /** `EdDSA` or `Ed25519` where it is given. */
  readonly alg?: string;
  /** `sig` where it is given. */
  readonly use?: string;
}

/** The receiver's key set, as `/.well-known/jwks.json` answers it. */
export interface JsonWebKeySet {
  /** Each `kid` once. */
  readonly keys: readonly PublicJwk[];
}

/** A key set as a program reads it from a JSON file: its types are not known before `createKeySet` has looked. */
export interface UncheckedKeySet {
  /** As in `JsonWebKeySet`, unchecked. */
  readonly keys: readonly {
    readonly kty: string;
    readonly crv?: string | undefined;
    readonly x?: string | undefined;
    readonly kid?: string | undefined;
    readonly alg?: string | undefined;
    readonly use?: string | undefined;
  }[];
}

/** Public keys by exact `kid`. */
export interface KeySet {
  /** The ids of its Ed25519 keys, in the order in which they were given; keys of other kinds are left out. */
  readonly kids: readonly string[];
  /** The key as it was given; `undefined` when none has that `kid`. */
  jwk(kid: string): PublicJwk | undefined;
  /** The imported key; `undefined` when none has that `kid`, or when this runtime has no Ed25519. */
  find(kid: string): Promise<CryptoKey | undefined>;
}

/** A key as this runtime's Web Crypto holds it. */
export type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/**
 * Checks public keys at once and imports each when it is first needed. Members it does not know are ignored, and so are
 * keys of another kind (RFC 7517, sections 4 and 5). A private member, a repeated `kid`, and an Ed25519 key that is
 * ill-formed or of low order are a programmer's mistake.
 *
 * @throws {TallystickError} `keys_malformed`, `key_private`, `key_refused`, `key_id_refused`, `key_id_repeated`
 */
export function createKeySet(jwks: UncheckedKeySet): KeySet {
  if (!Array.isArray(jwks?.keys))
    throw new TallystickError("keys_malformed", "keys must be a JSON Web Key Set");
  const publicKeys = new Map<string, PublicJwk>();
  for (const jwk of jwks.keys as readonly PublicJwk[]) {
    if (!isEd25519(jwk)) continue;
    checkPublicJwk(jwk);
    if (publicKeys.has(jwk.kid)) {
      throw new TallystickError("key_id_repeated", `two keys have the kid ${jwk.kid}`);
    }
    publicKeys.set(jwk.kid, jwk);
  }
  const imported = new Map<string, Promise<CryptoKey | undefined>>();
  return {
    kids: [...publicKeys.keys()],
    jwk: (kid) => publicKeys.get(kid),
    async find(kid) {
      const jwk = publicKeys.get(kid);
      const key = imported.get(kid) ?? (jwk && importPublicKey(jwk));
      if (key !== undefined) imported.set(kid, key);
      return key;
    },
  };
}

async function importPublicKey({ kty, crv, x }: PublicJwk): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey("jwk", { kty, crv, x }, "Ed25519", false, ["verify"]);
  } catch {
    return undefined;
  }
}

/** Whether a key is of the one kind that counts here. A private key of any kind is refused. */
function isEd25519(jwk: { kty: string; crv: string }): boolean {
  if (typeof jwk !== "object" || jwk === null || typeof jwk.kty !== "string")
    throw new TallystickError("keys_malformed", "a key must be an object with a kty");
  if ("d" in jwk || "k" in jwk)
    throw new TallystickError("key_private", "a private key must not be built in");
  return jwk.kty === "OKP" && jwk.crv === "Ed25519";
}

function checkPublicJwk(jwk: PublicJwk): void {
  if (typeof jwk.kid !== "string" || !tokenIdPattern.test(jwk.kid)) {
    throw new TallystickError("key_id_refused", `a kid must match ${tokenIdPattern.source}`);
  }
  const sound =
    typeof jwk.x === "string" &&
    /^[\w-]{43}$/.test(jwk.x) &&
    isCanonicalBase64url(jwk.x) &&
    isSoundPoint(jwk.x) &&
    (jwk.alg === undefined || jwk.alg === "Ed25519" || jwk.alg === "EdDSA") &&
    (jwk.use === undefined || jwk.use === "sig");
  if (!sound) throw new TallystickError("key_refused", `the key ${jwk.kid} is not an Ed25519 signature key`);
}

const prime = 2n ** 255n - 19n;

/** The y of the eight points whose order divides 8: under such a key one signature confirms many texts. */
const lowOrderY = [
  0n,
  1n,
  prime - 1n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
];

/** Whether 32 bytes are the one spelling of a point (RFC 8032, section 5.1.2) that is not of low order. */
function isSoundPoint(x: string): boolean {
  const bytes = [...atob(x.replaceAll("-", "+").replaceAll("_", "/"))].reverse();
  const hex = bytes.map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  const y = BigInt.asUintN(255, BigInt(`0x${hex}`));
  return y < prime && !lowOrderY.includes(y);
}
