/**
 * Makes the protocol's test vectors: `node --conditions=tallystick-source test/vectors/make/make-vectors.ts` writes the
 * JSON files into sdk/vectors, with which they are packed.
 *
 * What is expected comes from Node's own crypto or was written by hand, and not from the SDK, so that the vectors check
 * the SDK and not themselves. The stamped files are the server's work, which shares the frame alone with the reader.
 */
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { makeKeySetVectors } from "./key-set-vectors.ts";
import { makeLinkVectors } from "./link-vectors.ts";
import { makeRegistrationVectors } from "./registration-vectors.ts";
import { makeReminderVectors } from "./reminder-vectors.ts";
import { makeContainerVectors, makeFrameVectors } from "./stamp-vectors.ts";
import { makeStatusVectors } from "./status-vectors.ts";
import { makeTokenVectors } from "./token-vectors.ts";
import { makeVoucherVectors } from "./voucher-vectors.ts";

/** The files' names and contents. */
export const vectorFiles = {
  "tokens.json": makeTokenVectors,
  "key-sets.json": makeKeySetVectors,
  "links.json": makeLinkVectors,
  "registrations.json": makeRegistrationVectors,
  "stamp-frames.json": makeFrameVectors,
  "stamps.json": makeContainerVectors,
  "vouchers.json": makeVoucherVectors,
  "statuses.json": makeStatusVectors,
  "reminders.json": makeReminderVectors,
};

/** Where the files are. */
export const vectorFolder: URL = new URL("../../../sdk/vectors/", import.meta.url);

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [name, make] of Object.entries(vectorFiles)) {
    writeFileSync(new URL(name, vectorFolder), `${JSON.stringify(await make(), null, 2)}\n`);
  }
}
