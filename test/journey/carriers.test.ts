import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Surroundings } from "@tallystick/sdk";
import { expect, it } from "vitest";
import { captureCommand } from "../../sdk/src/capture/command/capture-command.ts";
import { makeFolder } from "../../sdk/src/testing/folder.ts";
import { emptySurroundings } from "../../sdk/src/testing/product.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";
import { tinyDeb, tinyZip } from "../stamp/tiny-archives.ts";
import { tinyElf } from "../stamp/tiny-elf.ts";
import { type Journey, openJourney } from "./journey.ts";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "../stamp/fixtures", name));

/** How a stamped file reaches the product that it installs. */
interface Container {
  /** The vendor's one file. */
  master: Uint8Array;
  /** Puts what was downloaded into the copy's folder; returns what the program sees of it. */
  place(file: Uint8Array, folder: string): Promise<Partial<Surroundings>>;
  /** The carrier that finds the token. */
  carrier: "stamp" | "sidecar";
}

const namedBy = (variable: string) => async (file: Uint8Array, folder: string) => {
  const path = join(folder, "Acme Paint");
  await writeFile(path, file);
  return { env: { [variable]: path } };
};

/** What an installer's own script does: it has `tallystick-capture` write down what it finds in the file. */
async function captureIn(file: Uint8Array, folder: string): Promise<Partial<Surroundings>> {
  const path = join(folder, "installer");
  await writeFile(path, file);
  const args = [path, "--product", "acme-paint", "--out", folder];
  expect(await captureCommand(args, emptySurroundings)).toMatchObject({ exitCode: 0 });
  return {};
}

const containers: Record<string, Container> = {
  "a Linux program that is the product": {
    master: tinyElf(),
    carrier: "stamp",
    async place(file, folder) {
      const execPath = join(folder, "acme-paint");
      await writeFile(execPath, file);
      return { execPath };
    },
  },
  "an AppImage": { master: tinyElf({ isAppImage: true }), carrier: "stamp", place: namedBy("APPIMAGE") },
  "a portable Windows program, signed": {
    master: fixture("pe/signed.exe"),
    carrier: "stamp",
    place: namedBy("PORTABLE_EXECUTABLE_FILE"),
  },
  "a signed Windows installer that saves its own end": {
    master: fixture("pe/dual.exe"),
    carrier: "stamp",
    async place(file, folder) {
      await writeFile(join(folder, "tallystick.tail"), file.subarray(-65_536));
      return {};
    },
  },
  "a signed MSI whose script asks tallystick-capture": {
    master: fixture("msi/signed.msi"),
    carrier: "sidecar",
    place: captureIn,
  },
  "a Debian package whose script asks tallystick-capture": {
    master: tinyDeb(Buffer.from("control"), Buffer.from("files")),
    carrier: "sidecar",
    place: captureIn,
  },
  "a zip whose unpacker asks tallystick-capture": {
    master: tinyZip([{ name: "paint.js", content: Buffer.from("paint") }]),
    carrier: "sidecar",
    place: captureIn,
  },
};

async function download({ app }: Journey): Promise<Uint8Array> {
  const response = await app.request("/d/acme-paint/north");
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

onEveryEngine("a stamped installer", (bench) => {
  it.each(Object.entries(containers))("credits its seller: %s", async (_, { master, carrier, place }) => {
    const installer = join(makeFolder(), "installer");
    await writeFile(installer, master);
    const checkout = { shop: "stripe", url: "https://buy.stripe.com/abc?client_reference_id={reference}" };
    const product = { id: "acme-paint", name: "Acme Paint", checkout, installers: [installer] };
    const journey = await openJourney(bench, { products: [product] });
    await journey.admin("POST", "/v1/partners", { id: "north", name: "North", percent: 20 });

    const file = await download(journey);
    expect(file.length).toBeGreaterThan(master.length);
    const { client } = await journey.install(undefined, { runsFrom: (folder) => place(file, folder) });
    expect(await client.attribution.capture()).toMatchObject({
      code: "captured",
      partner: "north",
      from: { carrier },
    });

    client.license.set({ id: "AAAA-BBBB", expiresAt: "2027-11-21T00:00:00Z" });
    journey.pass(365);
    const { reference } = await journey.click(await client.renewalUrl());
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), id: "cs_1", reference }));
    expect(await journey.explain("cs_1")).toMatchObject({
      outcome: "credited",
      partner: "north",
      evidence: [{ kind: "token", route: "click_reference", partner: "north", verdict: "won" }],
    });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("of a seller who is not known is the vendor's own, and credits nobody", async () => {
    const installer = join(makeFolder(), "installer");
    await writeFile(installer, tinyElf({ isAppImage: true }));
    const checkout = { shop: "stripe", url: "https://buy.stripe.com/abc?client_reference_id={reference}" };
    const product = { id: "acme-paint", name: "Acme Paint", checkout, installers: [installer] };
    const journey = await openJourney(bench, { products: [product] });
    const file = await download(journey);
    const { client } = await journey.install(undefined, {
      runsFrom: (folder) => namedBy("APPIMAGE")(file, folder),
    });
    expect(await client.attribution.capture()).toMatchObject({ code: "not_found" });
    const click = await journey.click(await client.renewalUrl());
    expect(click.status).toBe(302);
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), id: "cs_1" }));
    expect(await journey.explain("cs_1")).toMatchObject({ outcome: "unattributed", partner: null });
  });
});
