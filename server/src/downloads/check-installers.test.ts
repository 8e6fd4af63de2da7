import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, testContent } from "../../../test/http/open-app.ts";
import { tinyIso } from "../../../test/stamp/tiny-iso.ts";
import { parseConfig } from "../config/parse-config.ts";
import { checkInstallers } from "./check-installers.ts";

async function check(installer: Uint8Array): Promise<void> {
  const { folder, remove } = await temporaryFolder();
  await writeFile(join(folder, "paint.iso"), installer);
  const content = testContent();
  const products = content.products.map((product) => ({ ...product, installers: ["./paint.iso"] }));
  const file = join(folder, "tallystick.config.json");
  await checkInstallers(parseConfig({ ...content, products }, { file, env: {} })).finally(remove);
}

describe("the check of installers at the start", () => {
  it("takes a disc without a placeholder, whose field for applications has room for a token", async () => {
    await check(tinyIso());
  });

  it("names the installer that cannot be stamped", async () => {
    await expect(check(Buffer.from("no installer at all"))).rejects.toMatchObject({
      problems: [{ path: "products[0].installers[0]" }],
    });
  });
});
