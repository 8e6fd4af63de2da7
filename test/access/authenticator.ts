import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** What a page is asked by the receiver, as far as an authenticator looks at it. */
interface Options {
  challenge: string;
  rp?: { id: string };
  rpId?: string;
  user?: { id: string };
}

/** What a cheat has said otherwise than an honest browser and authenticator would. */
export interface Lies {
  origin?: string;
  crossOrigin?: boolean;
  rpId?: string;
  challenge?: string;
  /** The counter in place of the next one. */
  counter?: number;
  /** Nobody's finger was asked for. */
  unverified?: boolean;
  userHandle?: string;
  type?: string;
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();

/** An authenticator with one passkey, as Web Authentication Level 3 has it: ES256, discoverable, no attestation. */
export function authenticator(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(32);
  const state = { counter: 0, userHandle: "" };
  const clientData = (type: string, { challenge }: Options, lies: Lies) =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: lies.crossOrigin ?? false,
      }),
    );
  const authData = (rpId: string, { flags, more }: { flags: number; more: Uint8Array }, lies: Lies) => {
    const counter = Buffer.alloc(4);
    state.counter += 1;
    counter.writeUInt32BE(lies.counter ?? state.counter);
    // UP is 1, UV is 4: section 6.1.
    const flag = lies.unverified === true ? flags & ~4 : flags;
    return Buffer.concat([sha256(lies.rpId ?? rpId), Buffer.from([flag]), counter, more]);
  };
  const named = { id: base64url(id), rawId: base64url(id), type: "public-key", clientExtensionResults: {} };
  return {
    id: named.id,
    state,
    /** Makes the passkey. */
    create(options: Options, lies: Lies = {}) {
      state.userHandle = options.user?.id ?? "";
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey(x, y)]);
      const data = authData(options.rp?.id ?? "", { flags: 0x45, more: attested }, lies);
      return {
        ...named,
        response: {
          clientDataJSON: base64url(clientData("webauthn.create", options, lies)),
          attestationObject: base64url(attestationObject(data)),
          transports: ["internal"],
        },
      };
    },
    /** Signs in with it. */
    get(options: Options, lies: Lies = {}) {
      const client = clientData("webauthn.get", options, lies);
      const data = authData(options.rpId ?? "", { flags: 0x05, more: Buffer.alloc(0) }, lies);
      const signature = sign("sha256", Buffer.concat([data, sha256(client)]), privateKey);
      return {
        ...named,
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature),
          userHandle: lies.userHandle ?? state.userHandle,
        },
      };
    },
  };
}

/** RFC 9053, section 7.1.1, in CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
const coseKey = (x: string, y: string) =>
  Buffer.concat([
    Buffer.from("a5010203262001215820", "hex"),
    Buffer.from(x, "base64url"),
    Buffer.from("225820", "hex"),
    Buffer.from(y, "base64url"),
  ]);

/** {"fmt": "none", "attStmt": {}, "authData": …} in CBOR. */
const attestationObject = (authData: Buffer) =>
  Buffer.concat([
    Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex"),
    Buffer.from([authData.length]),
    authData,
  ]);
