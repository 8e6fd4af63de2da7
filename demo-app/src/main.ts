import { helpText, readArguments, type Wish } from "./arguments.ts";
import { type Demo, prepareDemo } from "./demo.ts";
import { playJourney } from "./journey/journey.ts";
import { createNarrator, type Narrator, StepError } from "./journey/narrator.ts";

const wish = readArguments(process.argv.slice(2));
if (wish.kind === "help") process.stdout.write(helpText);
else if (wish.kind === "play") process.exitCode = await play(wish);
else {
  process.stderr.write(`${wish.problem}\n\n${helpText}`);
  process.exitCode = 2;
}

async function play({ once, chapters }: Extract<Wish, { kind: "play" }>): Promise<number> {
  const narrator = createNarrator(process.stdout, process.env);
  const demo = await prepareDemo({ env: process.env, shopSecret: process.env.ACME_SHOP_SECRET });
  const asked = askedToStop();
  demo.receiver.log.each((line) => narrator.logLine(line));
  narrator.say("Tallystick: a customer renews her licence, and the reseller who sold it is credited.");
  try {
    const ended = await Promise.race([
      playJourney(demo, narrator, chapters).then(() => "played" as const),
      asked,
    ]);
    if (ended === "played" && !once) {
      await inviteByHand(demo, narrator);
      await asked;
      return 0;
    }
    if (ended === "played" && once) narrator.say("\nEvery step went well.");
    return ended === "played" ? 0 : 130;
  } catch (error) {
    process.stderr.write(`\n${error instanceof StepError ? error.message : (error as Error).stack}\n`);
    return 1;
  } finally {
    await demo.stop();
  }
}

async function inviteByHand({ addresses, copy, setting }: Demo, narrator: Narrator): Promise<void> {
  await copy.moveTo("30-days-before");
  narrator.say(`
Every step went well. Now it is your turn: another year has passed, and Acme Paint asks again.

    Acme Paint          ${addresses.product}/
    Its shop            ${addresses.shop}/orders
    Sell another copy   ${addresses.product}/sell
    Behind the scenes   ${addresses.shop}/behind-the-scenes
    The receiver        ${addresses.receiver}/docs

    npm run tallystick -- ledger balances --config ${setting.configFile}

Ctrl-C ends it all and removes its folder.
`);
}

/** Resolves at Ctrl-C or when the system asks to end. A second time ends at once. */
function askedToStop(): Promise<"asked"> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve("asked");
      });
    }
  });
}
