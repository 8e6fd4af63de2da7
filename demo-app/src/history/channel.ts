import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { distributor, people, resellers } from "../cast.ts";
import { channelPlan, planId } from "./channel-plan.ts";
import type { PastReceiver } from "./past-receiver.ts";

/** A partner with what it was given to sell by. */
export interface Seller {
  id: string;
  name: string;
  /** Its key for the partners' API. */
  key: string;
}

/** The resellers, by what their copies are known by. */
export interface Channel {
  distributor: Seller;
  token: Seller & { token: string };
  coupon: Seller & { code: string };
  serial: Seller & { serials: string[] };
  email: Seller;
}

const serialCount = 120;

/** Who they are to the bank. The account numbers are the banks' own examples. */
const accounts: Readonly<Record<string, { town: string; country: string; iban: string }>> = {
  harbour: { town: "Rotterdam", country: "NL", iban: "NL91ABNA0417164300" },
  "north-star": { town: "Hamburg", country: "DE", iban: "DE89370400440532013000" },
  atelier: { town: "Lyon", country: "FR", iban: "FR1420041010050500013M02606" },
  "pixel-sons": { town: "Wien", country: "AT", iban: "AT611904300234573201" },
  kobo: { town: "Bruxelles", country: "BE", iban: "BE68539007547034" },
};

/** The vendor adds its partners, agrees with them, plans what they earn, and says who may sign in. */
export async function openChannel(receiver: PastReceiver, folder: string): Promise<Channel> {
  const { admin, command } = receiver;
  const plan = join(folder, "channel-plan.json");
  await writeFile(plan, JSON.stringify(channelPlan()));
  await command("plan", "add", plan);
  await command("plan", "assign", planId, "--default");
  await admin.post("/v1/partners", { ...distributor, kind: "distributor", percent: distributor.percent });
  for (const one of resellers)
    await admin.post("/v1/partners", { ...one, kind: "reseller", parent: distributor.id });
  for (const { mail, role, ...person } of Object.values(people))
    await command(
      ...["person", "add", mail, "--role", role],
      ...("partner" in person ? ["--partner", person.partner] : []),
    );
  const seller = (of: { id: string; name: string }) => introduce(receiver, of);
  const [north, atelier, pixel, kobo] = resellers;
  const { token } = await admin.post<{ token: string }>("/v1/tokens", {
    partner: north.id,
    product: "acme-paint",
    batch: "stamped-downloads",
  });
  const code = "ATELIER";
  await admin.post("/v1/coupons", { code, partner: atelier.id });
  return {
    distributor: await seller(distributor),
    token: { ...(await seller(north)), token },
    coupon: { ...(await seller(atelier)), code },
    serial: { ...(await seller(pixel)), serials: await giveSerials(receiver, { folder, partner: pixel.id }) },
    email: await seller(kobo),
  };
}

/** What is agreed with a partner, its key, and the details that it enters by it. */
async function introduce({ admin, as }: PastReceiver, { id, name }: Omit<Seller, "key">): Promise<Seller> {
  await admin.post(`/v1/partners/${id}/agreements`, {
    sharing: "transaction",
    notices: ["service", "renewal"],
    renewalRights: { beforeDays: 60, afterDays: 30 },
  });
  const { key } = await admin.post<{ key: string }>(`/v1/partners/${id}/keys`, { name: "own shop system" });
  const { town, country, iban } = accounts[id] ?? {};
  await as(key).put("/v1/partner/details", {
    legalName: `${name} Ltd`,
    address: { street: "Market Street", building: "1", postCode: "1000", town, country },
    tax: { treatment: "reverse_charge" },
    accounts: [{ kind: "iban", name: `${name} Ltd`, iban }],
    email: `accounts@${id}.example`,
    language: "en",
  });
  return { id, name, key };
}

/** A batch of serials for the boxes that a reseller sells. */
async function giveSerials(
  { command }: PastReceiver,
  { folder, partner }: { folder: string; partner: string },
): Promise<string[]> {
  const serials = Array.from({ length: serialCount }, (_, index) => `BOX-${4_200_000 + index * 7919}`);
  const file = join(folder, "boxes.txt");
  await writeFile(file, serials.join("\n"));
  await command("serial", "import", file, "--batch", "autumn-boxes", "--product", "acme-paint");
  await command("serial", "assign", "--batch", "autumn-boxes", "--partner", partner);
  return serials;
}
