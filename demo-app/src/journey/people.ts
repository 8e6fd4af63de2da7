import { soldCopy } from "../cast.ts";
import type { Demo } from "../demo.ts";
import { askForLink, type Door, type DoorId, doors, findDoor } from "../doors/doors.ts";
import { readableText } from "./browser.ts";
import type { Narrator } from "./narrator.ts";

/** What each first page must say, once its person is signed in. */
const greetings: readonly (readonly [DoorId, RegExp])[] = [
  ["portal", /North Star Software/],
  ["console", /Atelier|North Star|Payable|payable/],
  ["account", new RegExp(soldCopy.email.replaceAll(".", "\\."))],
];

/** Everybody has a door: a partner's person, the vendor's and the customer sign in by what is mailed to them. */
export function openDoors(demo: Demo, narrator: Narrator): Promise<unknown> {
  return narrator.step({
    sentence: "Everybody can look: by a mailed link a partner, the vendor and the customer sign in.",
    lookAt: `${demo.addresses.shop}/people, and the mail in ${demo.mailbox.folder}`,
    async work() {
      const opened: Door[] = [];
      for (const [id, greeting] of greetings) {
        const door = findDoor(id);
        if (door === undefined) throw new Error(`there is no door ${id}`);
        const text = await signIn(demo, door);
        if (!greeting.test(text)) throw new Error(`${door.path} does not say ${greeting}`);
        opened.push(door);
      }
      return opened;
    },
    outcome: (opened) =>
      opened.map(({ name, path, person }) => `${name}, ${demo.addresses.receiver}${path}: ${person}`),
  });
}

/** Follows the mailed link and presses its button, as a browser would. Returns what the first page says. */
async function signIn({ addresses, mailbox }: Demo, door: Door): Promise<string> {
  const link = await askForLink(addresses, mailbox, door);
  const answer = await fetch(`${addresses.receiver}/sign-in/link`, {
    method: "POST",
    body: new URLSearchParams({ t: new URL(link).searchParams.get("t") ?? "" }),
    headers: { origin: addresses.receiver },
    redirect: "manual",
    signal: AbortSignal.timeout(60_000),
  });
  await answer.body?.cancel();
  const cookie = answer.headers.getSetCookie().map((text) => text.split(";")[0]);
  if (answer.status !== 303) throw new Error(`the link of ${door.mail} was answered ${answer.status}`);
  const page = await fetch(`${addresses.receiver}${door.path}`, {
    headers: { cookie: cookie.join("; ") },
    redirect: "manual",
    signal: AbortSignal.timeout(60_000),
  });
  const text = await page.text();
  if (page.status !== 200) throw new Error(`${door.path} was answered ${page.status}`);
  return readableText({ address: door.path, text });
}

/** A link for each of the three doors, ready to be opened by a person. */
export async function linksForPeople({
  addresses,
  mailbox,
}: Demo): Promise<readonly (Door & { link: string })[]> {
  const links: (Door & { link: string })[] = [];
  for (const door of doors.slice(0, 3))
    links.push({ ...door, link: await askForLink(addresses, mailbox, door) });
  return links;
}
