import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Addresses } from "../addresses.ts";

/** The names of the environment variables the receiver finds its secrets in. */
export const secretNames = { adminToken: "ACME_ADMIN_TOKEN", webhook: "ACME_WEBHOOK_SECRET" } as const;

/**
 * Writes the receiver's configuration into a folder, its database and keys beside it.
 *
 * @returns the file's path
 */
export async function writeReceiverConfig(folder: string, addresses: Addresses): Promise<string> {
  const { hostname, port } = new URL(addresses.receiver);
  const config = {
    issuer: addresses.receiver,
    listen: { host: hostname, port: Number(port) },
    database: "sqlite:./tallystick.db",
    keys: "./keys",
    adminToken: { env: secretNames.adminToken },
    products: [
      {
        id: "acme-paint",
        name: "Acme Paint",
        checkout: {
          shop: "stripe",
          url: `${addresses.shop}/checkout?client_reference_id={reference}&prefilled_email={email}&licence={licence}`,
        },
      },
    ],
    shops: { stripe: { kind: "stripe", testMode: true, secrets: [{ env: secretNames.webhook }] } },
    holdDays: 30,
  };
  const file = join(folder, "tallystick.config.json");
  await writeFile(file, `${JSON.stringify(config, null, 2)}\n`);
  return file;
}
