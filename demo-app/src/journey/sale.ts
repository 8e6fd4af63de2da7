import { reseller } from "../cast.ts";
import type { Demo } from "../demo.ts";
import type { Sale } from "../ways/sales-counter.ts";
import type { Handout } from "../ways/way.ts";
import { type WayId, ways } from "../ways/ways.ts";
import { createBrowser } from "./browser.ts";
import type { Narrator } from "./narrator.ts";

const receiverLines = "the receiver's lines above";

/** What the vendor and the reseller do before the customer carries her copy home. */
export function sellCopy({ counter, receiver }: Demo, narrator: Narrator, way: WayId): Promise<Sale> {
  return narrator.step({
    sentence: ways[way].sentence,
    lookAt: receiverLines,
    async work() {
      const sale = await counter.sell(way);
      if (ways[way].evidence === "token") await receiver.log.waitFor("token.issued");
      return sale;
    },
    outcome: ({ told }) => told,
  });
}

/** The customer installs the copy and starts it; where a card came with it, she types what stands there. */
export function installCopy(demo: Demo, narrator: Narrator, sale: Sale): Promise<unknown> {
  const { copyKnows } = ways[sale.way];
  return narrator.step({
    sentence: sentenceOf(sale.handout),
    lookAt: receiverLines,
    async work() {
      const from = demo.receiver.log.all.length;
      await demo.counter.install(sale);
      const { code } = sale.handout;
      if (code !== undefined)
        await createBrowser().submit(`${demo.addresses.product}/activation`, { code: code.text });
      if (copyKnows) await demo.receiver.log.waitFor("registration.bound", { from });
      const { seller } = await demo.copy.view();
      if (seller !== (copyKnows ? reseller.name : undefined))
        throw new Error(`Acme Paint thinks it was sold by ${seller}`);
    },
    outcome: () =>
      copyKnows
        ? `Acme Paint knows that it was sold by ${reseller.name}`
        : "Acme Paint does not know who sold it, and need not",
  });
}

function sentenceOf({ sidecar, installer, code }: Handout): string {
  if (sidecar !== undefined)
    return "A customer buys a copy; tallystick.token lies beside the program, and the first start finds it.";
  if (installer !== undefined)
    return "She starts what she downloaded; the product reads the stamp of the file that it runs from.";
  if (code === undefined) return "A customer buys a copy and starts it; nothing in it names a reseller.";
  const typed =
    code.kind === "serial" ? "the serial in her box" : "the code on her card, and gets a serial for it";
  return `A customer buys a copy; at its first start she enters ${typed}.`;
}
