import { helpText, readArguments, type Wish } from "./arguments.ts";
import { type Demo, prepareDemo } from "./demo.ts";
import { playJourney } from "./journey/journey.ts";
import { createNarrator, type Narrator, StepError } from "./journey/narrator.ts";
import { linksForPeople } from "./journey/people.ts";

const wish = readArguments(process.argv.slice(2));
if (wish.kind === "help") process.stdout.write(helpText);
else if (wish.kind === "play") process.exitCode = await play(wish);
else {
  process.stderr.write(`${wish.problem}\n\n${helpText}`);
  process.exitCode = 2;
}

async function play({ once, chapters }: Extract<Wish, { kind: "play" }>): Promise<number> {
  const narrator = createNarrator(process.stdout, process.env);
  const demo = await prepareDemo({ env: process.env, shopSecret: process.env.ACME_SHOP_SECRET }).catch(
    whyNot,
  );
  if (typeof demo === "string") {
    process.stderr.write(`${demo}\n`);
    return 1;
  }
  const asked = askedToStop();
  demo.receiver.log.each((line) => {
    // What is mailed is told by the demo's own page; the year's news would stand between the steps.
    if (line.event !== "mail.sent") narrator.logLine(line);
  });
  narrator.say("Tallystick: a customer renews her licence, and the reseller who sold it is credited.");
  try {
    const ended = await Promise.race([
      playJourney(demo, narrator, { chapters, months: 12 }).then(() => "played" as const),
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

/** Why the demo could not be prepared, with what to do. */
function whyNot(cause: NodeJS.ErrnoException): string {
  const { code, message, path } = cause;
  if (/^(EACCES|EROFS|ENOENT|ENOSPC|EDQUOT)$/.test(code ?? ""))
    return `The demo cannot write its temporary folder ${path ?? ""} (${code}): set TMPDIR to a folder that this user may write to.`;
  return `The demo cannot start: ${message}`;
}

async function inviteByHand(demo: Demo, narrator: Narrator): Promise<void> {
  const { addresses, copy, mailbox, setting } = demo;
  await copy.moveTo("30-days-before");
  const links = await linksForPeople(demo);
  narrator.say(`
Every step went well. Now it is your turn.

Three places to sign in at, each with a link that counts once, for fifteen minutes, on this machine:

${links.map(({ name, path, person, link }) => `    ${name}   ${addresses.receiver}${path}\n        as ${person}:\n        ${link}\n`).join("\n")}
    More people, and fresh links   ${addresses.shop}/people
    What the receiver mails        ${addresses.shop}/mail, from ${mailbox.folder}

Another year has passed for the copy you saw, and Acme Paint asks again:

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
