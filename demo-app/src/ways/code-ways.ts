import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reseller } from "../cast.ts";
import { tallystick } from "../receiver/command-line.ts";
import type { Market, Way } from "./way.ts";

/** The serial lies in a batch that was given to the partner; the customer types it at the first start. */
export const serialNumber: Way = {
  name: "Serial number",
  explained: "The box holds a serial of a batch that the vendor assigned to the partner.",
  sentence: "The vendor imports a batch of serials, and assigns it to the reseller who gets the boxes.",
  evidence: "serial",
  copyKnows: true,
  async sell(market) {
    const { batch, serials } = await importSerials(market, "boxes");
    await tallystick(market.setting, "serial", "assign", "--batch", batch, "--partner", reseller.id);
    const [text = ""] = serials;
    return {
      handout: { code: { kind: "serial", text } },
      told: [
        `serial import --batch ${batch}: ${serials.length} serials`,
        `serial assign --batch ${batch} --partner ${reseller.id}`,
        "the receiver keeps keyed hashes of them, and cannot say what they were",
      ],
    };
  },
};

/** The customer buys a card, and exchanges its code for a serial: in the product, or on the partner's page. */
export const voucherCard: Way = {
  name: "Voucher",
  explained:
    "The partner sells a card; its code is exchanged once for a serial, in the product or on a page.",
  sentence: "The vendor puts serials into a pool and issues vouchers, which the reseller sells as cards.",
  evidence: "voucher",
  copyKnows: true,
  async sell(market) {
    const { batch, serials } = await importSerials(market, "pool", "--pool");
    const issued = await market.admin.post<{ batch: string; vouchers: { code: string }[] }>(
      "/v1/voucher-batches",
      { partner: reseller.id, product: "acme-paint", count: 1 },
    );
    const text = issued.vouchers[0]?.code ?? "";
    return {
      handout: { code: { kind: "voucher", text } },
      told: [
        `serial import --batch ${batch} --pool: ${serials.length} serials that nobody has yet`,
        `POST /v1/voucher-batches: batch ${issued.batch}, one card`,
      ],
    };
  },
};

async function importSerials({ setting, folder }: Market, name: string, ...options: string[]) {
  const batch = `${name}-${randomBytes(3).toString("hex")}`;
  const serials = Array.from({ length: 3 }, newSerial);
  const file = join(folder, `${batch}.txt`);
  await writeFile(file, `${serials.join("\n")}\n`);
  await tallystick(
    setting,
    "serial",
    "import",
    "--batch",
    batch,
    "--product",
    "acme-paint",
    ...options,
    file,
  );
  return { batch, serials };
}

function newSerial(): string {
  const groups = randomBytes(6).toString("hex").toUpperCase().match(/.{4}/g) ?? [];
  return ["PAINT", ...groups].join("-");
}
