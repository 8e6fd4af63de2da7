import { addPerson } from "../../../server/src/people/people.ts";
import { cookieName } from "../../../server/src/sessions/cookie.ts";
import { type Subject, startSession } from "../../../server/src/sessions/sessions.ts";
import type { Bench, Section } from "../bench.ts";
import type { Child } from "../children.ts";
import type { GeneratorTasks } from "../load/generator.ts";
import { column, median } from "../measure.ts";
import { openWorld, purchaseTarget, startReceiverOn, startSubject } from "../receivers.ts";
import { type Figure, figure, grouped } from "../report.ts";
import type { World } from "../world.ts";

const section = "faces";
/** Readers have so many connections, and each asks for a page so often: one that rests longer is closed. */
const readers = 200;
const readEverySeconds = 4;
/** A page is asked for so often in a round, one after the other. */
const asksPerRound = 200;
const partner = "reseller-000";

/** A page with who asks for it. */
interface Page {
  what: string;
  path: string;
  cookie: string;
  /** 303 where a search has found one thing and leads there. */
  status?: number;
}

/**
 * How long the first screen of each face and each way to search take where many orders are stored; and purchases at half
 * load beside readers of the portal.
 */
export const faces: Section = async (bench) => {
  const { storedOrders, rounds, quick, say } = { ...bench.options, say: bench.say };
  say(`storing ${grouped(storedOrders)} orders`);
  const world = await openWorld(bench, { storedOrders });
  const receiver = await startReceiverOn(bench, world);
  const url = await receiver.ask("url", undefined);
  const pages = await pagesOf(world);
  const figures: Figure[] = [];
  for (const page of pages) {
    const ask = (count: number) => askOneByOne(bench, url, page, count);
    // What is gathered when somebody looks for the first time is gathered now.
    await ask(1);
    await ask(asksPerRound);
    const results = [];
    for (let round = 0; round < rounds; round++) {
      say(`round ${round + 1} of ${rounds}: ${page.what}`);
      results.push(await ask(asksPerRound));
    }
    figures.push(
      figure({ section, what: `${page.what}, p50`, unit: "ms", rounds: column(results, "p50") }),
      figure({
        section,
        what: `${page.what}, p99`,
        unit: "ms",
        rounds: column(results, "p99"),
        ...(quick ? {} : { goal: { below: 30 } }),
      }),
    );
  }
  bench.note(`Faces: at ${grouped(storedOrders)} stored orders, a page at a time, over loopback.`);
  const portal = pages.find(({ path }) => path === "/portal");
  if (portal === undefined) throw new Error("the portal is one of the pages");
  return [...figures, ...(await besideReaders(bench, { world, receiver, portal }))];
};

/** The pages, with the people signed in who ask for them. */
async function pagesOf({ deps }: World): Promise<Page[]> {
  const signIn = async (subject: Subject) => {
    const secret = await deps.store.write((tx) =>
      startSession(tx, deps, { subject, way: "mail", device: "benchmark" }),
    );
    return `${cookieName(deps.config.issuer, "tallystick")}=${secret}`;
  };
  const addedBy = "cli:benchmark";
  const { id: owner } = await addPerson(deps, { mail: "ann@acme.example", role: "owner", addedBy });
  const { id: reader } = await addPerson(deps, {
    mail: "zoe@north.example",
    role: "owner",
    partner,
    addedBy,
  });
  const [vendor, own, customer] = [
    await signIn({ person: owner }),
    await signIn({ person: reader }),
    await signIn({ customer: "painter@home.example" }),
  ];
  const row = await deps.store.cold
    .selectFrom("orders")
    .select(["order_id"])
    .limit(1)
    .executeTakeFirstOrThrow();
  const search = (what: string, text: string, status = 200): Page => ({
    what: `search, ${what}`,
    path: `/console/search?q=${encodeURIComponent(text)}`,
    cookie: vendor,
    status,
  });
  return [
    { what: "console", path: "/console", cookie: vendor },
    { what: "console's orders", path: "/console/orders", cookie: vendor },
    { what: "console's orders of a partner", path: `/console/orders?partner=${partner}`, cookie: vendor },
    { what: "console's partners", path: "/console/partners", cookie: vendor },
    { what: "console's partner", path: `/console/partners/${partner}`, cookie: vendor },
    { what: "portal", path: "/portal", cookie: own },
    { what: "portal's orders", path: "/portal/orders", cookie: own },
    { what: "account", path: "/account", cookie: customer },
    search("an order's number", row.order_id, 303),
    search("an address", "nobody@nowhere.example"),
    search("a licence that nobody has", "ACME-NONE-0000"),
    search("a part of a name", "reseller-01"),
  ];
}

async function askOneByOne(
  bench: Bench,
  url: string,
  { what, path, cookie, status = 200 }: Page,
  count: number,
) {
  const { generator } = bench;
  await generator.ask("pages", { path, cookie, status, count });
  const result = await generator.ask("burst", { urls: [url], connections: 1 });
  if (result.failed > 0 || result.answered !== count)
    throw new Error(`${what}: ${result.answered} of ${count} pages were answered with ${status}`);
  return result;
}

/** Purchases at half of what they reach alone, while people read the portal. */
async function besideReaders(
  bench: Bench,
  {
    world,
    receiver,
    portal,
  }: { world: World; receiver: Awaited<ReturnType<typeof startReceiverOn>>; portal: Page },
): Promise<Figure[]> {
  const { pacedRounds, pacedSeconds, rounds, quick } = bench.options;
  const purchases = await purchaseTarget(bench, { name: "purchases", world, receivers: [receiver] });
  await purchases.warmUp();
  const alone = [];
  for (let round = 0; round < rounds; round++) alone.push(await purchases.round());
  const perSecond = median(column(alone, "perSecond")) / 2;
  const url = await receiver.ask("url", undefined);
  const reading: Child<GeneratorTasks> = await startSubject<GeneratorTasks>(bench, "load/generator.ts");
  const rate = readers / readEverySeconds;
  const results = [];
  for (let round = 0; round < pacedRounds; round++) {
    bench.say(`round ${round + 1} of ${pacedRounds}: ${readers} readers beside purchases at half load`);
    const count = Math.ceil(rate * pacedSeconds);
    await reading.ask("pages", { path: portal.path, cookie: portal.cookie, status: 200, count });
    const [bought, read] = await Promise.all([
      purchases.paced(perSecond, pacedSeconds),
      reading.ask("pace", { urls: [url], connections: readers, perSecond: rate }),
    ]);
    if (read.failed > 0) throw new Error(`portal: ${read.failed} pages failed beside purchases`);
    results.push({ bought: bought.p99, read: read.p99 });
  }
  bench.note(`Faces: ${readers} readers, each of whom asks for the portal every ${readEverySeconds} s.`);
  const goal = quick ? {} : { goal: { below: 50 } };
  return [
    figure({
      section,
      what: "purchases at half load beside readers, p99",
      unit: "ms",
      rounds: column(results, "bought"),
      ...goal,
    }),
    figure({ section, what: "portal beside purchases, p99", unit: "ms", rounds: column(results, "read") }),
  ];
}
