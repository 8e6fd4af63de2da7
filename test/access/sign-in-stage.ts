import { codeIn, type openMailing } from "../mail/mail-world.ts";

/** A browser that keeps its cookies, on the pages of a receiver. */
export function browserOn({ app }: Pick<Awaited<ReturnType<typeof openMailing>>, "app">) {
  const cookies = new Map<string, string>();
  const keep = (response: Response) => {
    for (const header of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const headers = (more: Record<string, string>) => ({
    accept: "text/html",
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    ...more,
  });
  return {
    cookies,
    get: async (path: string, more: Record<string, string> = {}) =>
      keep(await app.request(path, { headers: headers(more) })),
    post: async (path: string, fields: Record<string, string>, more: Record<string, string> = {}) =>
      keep(
        await app.request(path, {
          method: "POST",
          headers: headers({
            "content-type": "application/x-www-form-urlencoded",
            "sec-fetch-site": "same-origin",
            ...more,
          }),
          body: new URLSearchParams(fields).toString(),
        }),
      ),
  };
}

/** The cookie of a session on https. */
export const session = "__Host-tallystick";
/** The cookie of a sign-in that has begun. */
export const began = "__Host-tallystick-sign-in";
/** One who may sign in. */
export const owner = "owner@north.example";
/** Where somebody sees her sessions. */
export const sessionsPath = "/sign-in/sessions";

/** Asks for a code and returns the mail with it. */
export async function askedFor(world: Awaited<ReturnType<typeof openMailing>>, mail: string, to = "/portal") {
  const browser = browserOn(world);
  const asked = await browser.post("/sign-in", { mail, to });
  await world.flush();
  return { browser, asked, mail: world.mailTo(mail).findLast((one) => codeIn(one) !== "") };
}

/** The status of an answer that is still to come. */
export const statusOf = async (response: Promise<Response>) => (await response).status;
