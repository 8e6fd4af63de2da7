import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSigner } from "../../sdk/src/testing/signer.ts";
import { stampBytes } from "../stamp/stamping.ts";
import { tinyElf } from "../stamp/tiny-elf.ts";

/** What a small product needs: a token, the key to it, and the product's program in both kinds of module. */
export interface ProductFiles {
  token: string;
  /** A program that was stamped with the token. */
  stamped: string;
  esm: string;
  cjs: string;
}

/**
 * Writes a product that captures a token, asks for status and reminder, tries to register with no receiver
 * there, and prints what it was answered as one line of JSON.
 */
export async function writeProduct(project: string): Promise<ProductFiles> {
  const signer = await createSigner();
  const token = await signer.sign({ iss: "http://127.0.0.1:1", batch: "spring" });
  const stamped = join(project, "acme-paint");
  writeFileSync(stamped, await stampBytes(tinyElf(), token));
  const keys = JSON.stringify(signer.jwks);
  const [esm, cjs] = [join(project, "product.mjs"), join(project, "product.cjs")];
  const names = "{ createMemoryTokenStore, createRenewalClient, TallystickError }";
  const protocolNames = "{ createKeySet, verifyToken }";
  writeFileSync(
    esm,
    `import ${names} from "@tallystick/sdk";\nimport ${protocolNames} from "@tallystick/sdk/protocol";\n${body(keys)}`,
  );
  writeFileSync(
    cjs,
    `const ${names} = require("@tallystick/sdk");\nconst ${protocolNames} = require("@tallystick/sdk/protocol");\n${body(keys)}`,
  );
  return { token, stamped, esm, cjs };
}

const body = (keys: string) => `
const [folder, token, stamped] = process.argv.slice(2);
const keys = ${keys};
const receiver = "http://127.0.0.1:1";
const now = () => Date.parse("2027-11-14T12:00:00Z");
async function main() {
  const renewal = createRenewalClient({ product: "acme-paint", receiver, keys, folder, now, timeZone: "UTC" });
  const captured = await renewal.attribution.capture({ token });
  const licence = renewal.license.set({ id: "AAAA-BBBB", expiresAt: "2027-11-21" });
  const verified = await verifyToken(token, { keys: createKeySet(keys), issuer: receiver, now: now() });
  const surroundings = { execPath: stamped, env: {} };
  const fresh = { product: "acme-paint", receiver, keys, now, store: createMemoryTokenStore(), surroundings };
  const found = await createRenewalClient(fresh).attribution.capture();
  let mistake;
  try {
    createRenewalClient({ product: "Acme Paint", receiver, keys });
  } catch (error) {
    mistake = error instanceof TallystickError && error.code;
  }
  console.log(JSON.stringify({
    captured: captured.code,
    partner: verified.ok && verified.claims.sub,
    licence: licence.code,
    state: renewal.status().state,
    stage: renewal.reminder().stage,
    shown: renewal.markShown().code,
    registered: (await renewal.register()).code,
    url: await renewal.renewalUrl(),
    stamped: found.from?.carrier,
    problems: renewal.problems(),
    mistake,
  }));
}
main();
`;
