import { evidenceText, money, outcomeText, partnerName, verdictText } from "../backstage/plain-words.ts";
import { customerName, reseller } from "../cast.ts";
import type { Demo } from "../demo.ts";
import type { Balance, DecisionRecord } from "../receiver/admin.ts";
import { tallystick } from "../receiver/command-line.ts";
import { createBrowser, filledFields, type ReadPage, readableText } from "./browser.ts";
import type { Narrator } from "./narrator.ts";

const receiverLines = "the receiver's lines above";

/**
 * Plays the journey: from a reseller's token to her credit, through the same doors a person would take.
 *
 * @throws {StepError} at the first step that fails
 */
export async function playJourney(demo: Demo, narrator: Narrator): Promise<void> {
  await startReceiver(demo, narrator);
  await addReseller(demo, narrator);
  await installCopy(demo, narrator, await issueToken(demo, narrator));
  await waitAYear(demo, narrator);
  const checkout = await clickRenew(demo, narrator);
  const order = await payOrder(demo, narrator, checkout);
  await explainCredit(demo, narrator, order);
  await checkLedger(demo, narrator);
  await thankCustomer(demo, narrator);
}

function startReceiver({ receiver, addresses }: Demo, narrator: Narrator): Promise<void> {
  return narrator.step({
    sentence: "The receiver starts, on an empty database and with a signing key of its own.",
    lookAt: receiverLines,
    work: () => receiver.start(),
    outcome: () => `It listens on ${addresses.receiver}`,
  });
}

function addReseller({ admin }: Demo, narrator: Narrator): Promise<unknown> {
  return narrator.step({
    sentence: `The vendor adds a reseller, ${reseller.name}.`,
    lookAt: receiverLines,
    work: () => admin.post("/v1/partners", { ...reseller, kind: "reseller" }),
    outcome: () => `${reseller.id} earns ${reseller.percent} % of the net price of what its customers buy`,
  });
}

async function issueToken({ admin, receiver }: Demo, narrator: Narrator): Promise<string> {
  const { token } = await narrator.step({
    sentence: "The receiver issues a token for this reseller: it goes with every copy she sells.",
    lookAt: receiverLines,
    async work() {
      const issued = await admin.post<{ token: string; jti: string }>("/v1/tokens", {
        partner: reseller.id,
        product: "acme-paint",
        batch: "shop-counter",
      });
      await receiver.log.waitFor("token.issued");
      return issued;
    },
    outcome: ({ token }) => `a signed token of ${token.length} bytes`,
  });
  return token;
}

function installCopy(demo: Demo, narrator: Narrator, token: string): Promise<unknown> {
  return narrator.step({
    sentence:
      "A customer buys a copy; tallystick.token lies beside the program, and the first start finds it.",
    lookAt: receiverLines,
    async work() {
      await demo.openProduct();
      await demo.copy.install(token);
      await demo.receiver.log.waitFor("registration.bound");
      const { seller } = await demo.copy.view();
      if (seller !== reseller.name) throw new Error(`Acme Paint thinks it was sold by ${seller}`);
    },
    outcome: () => `Acme Paint knows that it was sold by ${reseller.name}`,
  });
}

function waitAYear({ copy, addresses }: Demo, narrator: Narrator): Promise<ReadPage> {
  return narrator.step({
    sentence: "A year passes: 30 days before the end Acme Paint asks, calmly and once, whether to renew.",
    lookAt: `${addresses.product}/`,
    async work() {
      await copy.moveTo("30-days-before");
      const page = await createBrowser().open(`${addresses.product}/`);
      const text = readableText(page);
      if (!text.includes("Your licence ends in 30 days")) throw new Error("the page has no prompt");
      if (!text.includes(`You bought it from ${reseller.name}`)) throw new Error("the prompt names no shop");
      return page;
    },
    outcome: () => `"Your licence ends in 30 days. You bought it from ${reseller.name} …"`,
  });
}

function clickRenew({ addresses, receiver }: Demo, narrator: Narrator): Promise<ReadPage> {
  return narrator.step({
    sentence:
      "The customer clicks Renew: the receiver checks the token, notes the click and sends her on to the shop.",
    lookAt: receiverLines,
    async work() {
      const page = await createBrowser().submit(`${addresses.product}/renewal/open`, {});
      if (!page.address.startsWith(`${addresses.shop}/checkout`))
        throw new Error(`she came to ${page.address}`);
      await receiver.log.waitFor("click.accepted");
      return page;
    },
    outcome: (page) => `She is at the checkout, with the reference ${filledFields(page).reference}`,
  });
}

async function payOrder(demo: Demo, narrator: Narrator, checkout: ReadPage): Promise<string> {
  const { addresses, shop, receiver } = demo;
  const from = receiver.log.all.length;
  const order = await narrator.step({
    sentence: "The shop takes the order and sends its signed webhook; the affiliate is credited.",
    lookAt: `${addresses.shop}/orders, and ${receiverLines}`,
    async work() {
      const fields = { ...filledFields(checkout), name: customerName };
      await createBrowser().submit(`${addresses.shop}/orders`, fields);
      const [taken] = shop.orders.list();
      if (taken === undefined) throw new Error("the shop has no order");
      const line = await receiver.log.waitForOneOf(
        ["order.credited", "order.unattributed", "order.held", "webhook.rejected", "webhook.failed"],
        { from },
      );
      if (line.event !== "order.credited")
        throw new Error(`the receiver logged ${line.event}: ${line.fields.reason}`);
      return { taken, line };
    },
    outcome: ({ taken, line }) => [
      `Order ${taken.number}: ${money(taken.netMinor, "EUR")} and ${money(taken.taxMinor, "EUR")} tax`,
      `${partnerName(String(line.fields.partner))} is credited ${money(Number(line.fields.amountMinor), "EUR")}`,
    ],
  });
  return order.taken.id;
}

function explainCredit({ setting }: Demo, narrator: Narrator, order: string): Promise<DecisionRecord> {
  return narrator.step({
    sentence: "Everybody can ask why: tallystick order explain stripe ORDER",
    lookAt: `npm run tallystick -- order explain stripe ${order} --config ${setting.configFile}`,
    async work() {
      const record = await tallystick<DecisionRecord>(setting, "order", "explain", "stripe", order);
      if (record.outcome !== "credited" || record.partner !== reseller.id)
        throw new Error(outcomeText(record));
      return record;
    },
    outcome: (record) => [
      outcomeText(record),
      ...record.evidence.map((evidence) => `${verdictText(evidence)}: ${evidenceText(evidence)}`),
    ],
  });
}

function checkLedger({ setting }: Demo, narrator: Narrator): Promise<readonly Balance[]> {
  return narrator.step({
    sentence: "The ledger adds up: tallystick ledger balances, tallystick ledger verify",
    lookAt: `npm run tallystick -- ledger verify --config ${setting.configFile}`,
    async work() {
      const balances = await tallystick<Balance[]>(setting, "ledger", "balances");
      const report = await tallystick<{ ok: boolean; failures: string[] }>(setting, "ledger", "verify");
      if (!report.ok) throw new Error(report.failures.join("; "));
      const [row] = balances;
      if (balances.length !== 1 || row?.heldMinor !== 800)
        throw new Error(`unexpected: ${JSON.stringify(balances)}`);
      return balances;
    },
    outcome: (balances) =>
      balances.map(
        (row) =>
          `${row.partner}: held ${money(row.heldMinor, row.currency)}, payable ${money(row.payableMinor, row.currency)}, paid ${money(row.paidMinor, row.currency)}`,
      ),
  });
}

function thankCustomer({ addresses }: Demo, narrator: Narrator): Promise<string> {
  return narrator.step({
    sentence: "Acme Paint hears from its shop that the licence is paid: the prompt goes away.",
    lookAt: `${addresses.product}/, and ${addresses.shop}/orders`,
    async work() {
      const thanks = /Thank you! Your licence now runs until [^.]*\./;
      for (;;) {
        const text = readableText(await createBrowser().open(`${addresses.product}/`));
        const said = thanks.exec(text)?.[0];
        if (said !== undefined && !text.includes("Your licence ends in")) return said;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    outcome: (said) => `"${said}"`,
  });
}
