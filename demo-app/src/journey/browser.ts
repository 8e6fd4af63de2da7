/** A page as the journey's browser reads it. */
export interface ReadPage {
  address: string;
  text: string;
}

/** A browser in three functions: it asks for pages, follows links and fills forms, as a customer's would. */
export interface Browser {
  open(address: string): Promise<ReadPage>;
  /** Presses a form's button; follows to where the answer leads. */
  submit(address: string, fields: Record<string, string>): Promise<ReadPage>;
  /** Where an address leads, without going there. */
  whereTo(address: string): Promise<string>;
}

const mostRedirects = 5;

/** Opens a browser. `onRedirect` hears of each address that led on, and where to. */
export function createBrowser(onRedirect: (from: string, to: string) => void = () => {}): Browser {
  async function read(address: string, init: RequestInit, redirectsLeft = mostRedirects): Promise<ReadPage> {
    const answer = await fetch(address, { ...init, redirect: "manual", signal: AbortSignal.timeout(60_000) });
    const location = answer.headers.get("location");
    if (answer.status >= 300 && answer.status < 400 && location !== null && redirectsLeft > 0) {
      const next = new URL(location, address).href;
      onRedirect(address, next);
      return read(next, {}, redirectsLeft - 1);
    }
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    return { address, text };
  }

  return {
    open: (address) => read(address, {}),
    submit: (address, fields) =>
      read(address, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { origin: new URL(address).origin },
      }),
    async whereTo(address) {
      const answer = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(60_000) });
      await answer.body?.cancel();
      return new URL(answer.headers.get("location") ?? address, address).href;
    },
  };
}

/** The text and hidden fields of a page's forms, with the values that stand in them. */
export function filledFields({ text }: ReadPage): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of text.matchAll(/<input\b[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1];
    const type = /\btype="([^"]*)"/.exec(tag)?.[1];
    if (name === undefined || (type === "radio" && !/\bchecked\b/.test(tag))) continue;
    fields[name] = unescapeText(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? "");
  }
  return fields;
}

/** What a person reads of a page: without scripts, styles and tags. */
export function readableText({ text }: ReadPage): string {
  const body = text.replace(/<(script|style|head)\b[\s\S]*?<\/\1>/g, " ").replace(/<[^>]*>/g, " ");
  return unescapeText(body).replace(/\s+/g, " ");
}

function unescapeText(text: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (all, name: string) => named[name] ?? all);
}
