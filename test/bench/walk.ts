/**
 * Prints how many files and rooms of the server a request crosses, by V8's own count of the functions that ran: one
 * webhook, one renewal link, one new partner. What was loaded or warmed up before does not count.
 *
 * Usage: node --conditions=tallystick-source test/bench/walk.ts [--files]
 */
import { Session } from "node:inspector/promises";
import { openApp, purchase, signedDelivery } from "../http/open-app.ts";

interface Walk {
  files: string[];
  rooms: string[];
}

const source = new URL("../../server/src/", import.meta.url).href;
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });

/** The files of the server in which a function was called while something was done. */
async function walkOf(work: () => Promise<Response>, expected: number): Promise<Walk> {
  await session.post("Profiler.takePreciseCoverage"); // What was counted until now is taken away.
  const { status } = await work();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  if (status !== expected) throw new Error(`The request was answered ${status}, not ${expected}.`);
  const files = result
    .filter(({ url }) => url.startsWith(source))
    // The first function of a file is the file itself, which runs when it is loaded.
    .filter(({ functions }) =>
      functions.some(({ functionName, ranges }) => functionName !== "" && (ranges[0]?.count ?? 0) > 0),
    )
    .map(({ url }) => url.slice(source.length))
    .sort();
  return { files, rooms: [...new Set(files.map((file) => file.split("/")[0] ?? ""))] };
}

const receiver = await openApp();
try {
  const partner = (id: string) =>
    receiver.admin("POST", "/v1/partners", { id, name: "North Shop", percent: 20 });
  const webhook = (order: string, more: object) => {
    const { body, headers } = signedDelivery(
      purchase({ order, customer: { email: `${order.toLowerCase()}@example.com` }, ...more }),
    );
    return receiver.send("POST", "/webhooks/own", body, headers);
  };
  await partner("north-shop");
  const issued = await receiver.admin("POST", "/v1/tokens", { partner: "north-shop", product: "acme-paint" });
  const { token } = (await issued.json()) as { token: string };
  const click = () => receiver.send("GET", `/r/acme-paint?t=${token}`);
  const clicked = async () => {
    const checkout = new URL((await click()).headers.get("location") ?? "");
    return { reference: checkout.searchParams.get("ref") ?? "" };
  };
  await webhook("A-1", await clicked());

  const reference = await clicked();
  const walks = {
    "one webhook, credited": await walkOf(() => webhook("A-2", reference), 200),
    "one click": await walkOf(click, 302),
    "one POST /v1/partners": await walkOf(() => partner("south-shop"), 201),
  };
  for (const [what, { files, rooms }] of Object.entries(walks)) {
    console.log(`${what}: ${files.length} files in ${rooms.length} rooms (${rooms.join(", ")})`);
    if (process.argv.includes("--files")) for (const file of files) console.log(`  ${file}`);
  }
} finally {
  await receiver.close();
}
