import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Addresses } from "../addresses.ts";
import { articles } from "../shop/plan.ts";
import { type ShopKind, shopKinds, voices } from "../shop/voices/voices.ts";
import { masterInstaller } from "./master-installer.ts";

/** The name of the environment variable that the receiver finds its admin token in. */
export const adminTokenName = "ACME_ADMIN_TOKEN";

/** The name of the environment variable that holds the secret of a kind of shop. */
export const webhookSecretName = (kind: ShopKind): string =>
  `ACME_${kind.replaceAll("-", "_").toUpperCase()}_SECRET`;

/** Whoever tries the demo signs in as everybody, again and again. */
const often = { address: { burst: 500, perHour: 500 }, account: { burst: 100, perHour: 100 } };

/** The folder that the receiver writes its mail into, beside its configuration. */
export const mailFolder = "mail";

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
    adminToken: { env: adminTokenName },
    products: [
      {
        id: "acme-paint",
        name: "Acme Paint",
        articles: Object.fromEntries(
          shopKinds.flatMap((kind) => {
            const { articleId } = voices[kind];
            return articleId === undefined ? [] : [[kind, articles.map(articleId)]];
          }),
        ),
        installers: [`./${masterInstaller}`],
        checkout: {
          shop: "stripe",
          url: `${addresses.shop}/checkout?client_reference_id={reference}&prefilled_email={email}&licence={licence}`,
        },
      },
    ],
    shops: Object.fromEntries(shopKinds.map((kind) => [kind, shopConfig(kind)])),
    brand: { name: "Acme Paint", supportAddress: "help@acme.example" },
    mail: { from: "Acme Paint <partners@acme.example>", folder: `./${mailFolder}` },
    payouts: {
      payer: {
        name: "Acme Paint GmbH",
        iban: "DE75512108001245126199",
        bic: "SOGEDEFFXXX",
        address: { postCode: "60311", town: "Frankfurt", country: "DE" },
      },
    },
    limits: { signIn: often, signInCode: often },
    holdDays: 30,
    drainSeconds: 0,
  };
  const file = join(folder, "tallystick.config.json");
  await writeFile(file, `${JSON.stringify(config, null, 2)}\n`);
  return file;
}

function shopConfig(kind: ShopKind): Record<string, unknown> {
  return { kind, ...voices[kind].settings, secrets: [{ env: webhookSecretName(kind) }] };
}
