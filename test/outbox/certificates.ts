import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A certificate with its key, both as PEM. */
export interface Certified {
  cert: string;
  key: string;
}

/** Whom a certificate is for, and until when; a year from now by default. */
export interface Subject {
  name: string;
  until?: Date;
}

/** A certificate authority of a test's own, that nobody else has ever heard of. */
export interface TestAuthority {
  /** Its own certificate, to be trusted by whoever trusts it. */
  cert: string;
  issue(subject: Subject): Certified;
}

/**
 * Makes an authority. Certificates are written by hand (RFC 5280, section 4.1, in DER), since Node makes none, openssl
 * is not on every machine, and a stored one expires.
 */
export function makeTestAuthority(): TestAuthority {
  const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer = { name: "Acme Test Authority", key: own.privateKey };
  return {
    cert: certificate({ name: issuer.name, isAuthority: true }, own.publicKey, issuer),
    issue: (subject) => {
      const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      return { cert: certificate(subject, publicKey, issuer), key: pemOf(privateKey) };
    },
  };
}

/** A certificate that only its own key vouches for. */
export function selfSigned({ name }: Subject): Certified {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { cert: certificate({ name }, publicKey, { name, key: privateKey }), key: pemOf(privateKey) };
}

const yearMilliseconds = 365 * 86_400_000;

function certificate(
  { name, until, isAuthority = false }: Subject & { isAuthority?: boolean },
  key: KeyObject,
  issuer: { name: string; key: KeyObject },
): string {
  const end = until ?? new Date(Date.now() + yearMilliseconds);
  const algorithm = sequence(oid("2a8648ce3d040302")); // ecdsa-with-SHA256, RFC 5758
  const basicConstraints = sequence(...(isAuthority ? [der(0x01, Buffer.of(0xff))] : []));
  const extensions = sequence(
    extension("551d13", basicConstraints),
    extension("551d11", sequence(der(0x82, Buffer.from(name.replaceAll(" ", "-"))))), // subjectAltName, a DNS name
  );
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))), // version 3
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(15)])),
    algorithm,
    commonName(issuer.name),
    sequence(time(new Date(end.getTime() - 2 * yearMilliseconds)), time(end)),
    commonName(name),
    key.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const signature = sign("sha256", body, issuer.key);
  const whole = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.of(0), signature])));
  return `-----BEGIN CERTIFICATE-----\n${whole.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

/** One element of DER (X.690, section 8.1): its tag, the length of what it holds, and that. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const extension = (id: string, content: Buffer) => sequence(oid(id), der(0x04, content));
const commonName = (name: string) =>
  sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(name)))));
/** As UTCTime, which reaches to 2049: YYMMDDHHMMSSZ. */
const time = (at: Date) => der(0x17, Buffer.from(`${at.toISOString().replace(/\D/g, "").slice(2, 14)}Z`));
const pemOf = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();
