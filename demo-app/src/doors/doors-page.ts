import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import { demoBar } from "../look/demo-bar.ts";
import { type Markup, page } from "../look/page.ts";
import { type Door, doors } from "./doors.ts";
import type { Letter, Mailbox } from "./mailbox.ts";

const times = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const shownLetters = 40;

/** The people of the demo, with a button that lets the reader in as each of them. */
export function doorsPage(addresses: Addresses, problem?: string): Markup {
  const body = html`${demoBar(addresses, "people")}
<main>
<header class="store-head"><p class="eyebrow">Three places, five people</p><h1>Sign in as somebody</h1>
<p class="soft">Nobody has a password: the receiver mails a link, here into a folder. A button asks for one, reads the mail and opens the page behind the link, which signs in when you press its own button. Each link counts once. In one browser the last person stays signed in: take a private window for a second one.</p></header>
${problem === undefined ? "" : html`<p class="notice bad" role="alert">${problem}</p>`}
<div class="doors">${doors.map((door) => doorCard(addresses, door))}</div>
<p><a href="/mail">All mail that the receiver has sent</a></p>
</main>`;
  return page({
    title: "Sign in as somebody – Tallystick demo",
    site: "backstage",
    body,
    styles: ["/doors.css"],
  });
}

function doorCard(addresses: Addresses, { id, name, path, person, mail, about }: Door): Markup {
  const address = `${addresses.receiver}${path}`;
  return html`<section class="card door" aria-labelledby="door-${id}">
<h2 id="door-${id}">${name}</h2>
<p class="small"><a href="${address}">${address}</a></p>
<p class="soft">${about}</p>
<form method="post" action="/people/${id}"><button class="primary" type="submit">Sign in as ${person}</button></form>
<p class="small soft">${mail}</p>
</section>`;
}

/** What the receiver has mailed, the newest first. */
export function mailPage(addresses: Addresses, { folder }: Mailbox, letters: readonly Letter[]): Markup {
  const body = html`${demoBar(addresses, "mail")}
<main class="narrow">
<header class="store-head"><p class="eyebrow">Nothing leaves this machine</p><h1>Mail</h1>
<p class="soft">The receiver is configured to write its mail into a folder, <code>${folder}</code>. A mail server takes its place by one line of the configuration.</p></header>
${
  letters.length === 0
    ? html`<p class="card empty">No mail yet. <a href="/people">Sign in as somebody</a>, and here stands the code.</p>`
    : html`<ol class="letters">${letters.slice(0, shownLetters).map(letterItem)}</ol>`
}
${letters.length > shownLetters ? html`<p class="soft">And ${letters.length - shownLetters} older ones.</p>` : ""}
</main>`;
  return page({ title: "Mail – Tallystick demo", site: "backstage", body, styles: ["/doors.css"] });
}

function letterItem({ to, subject, text, at }: Letter): Markup {
  return html`<li class="card"><details><summary><b>${subject}</b><span class="soft small">to ${to} · <time datetime="${at.toISOString()}">${times.format(at)}</time></span></summary>
<pre>${text.trim()}</pre></details></li>`;
}
