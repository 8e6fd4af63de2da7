import { expect, it } from "vitest";
import { addPerson } from "../../server/src/people/people.ts";
import { fillConsole, openConsole } from "../console/console-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { type Browser, signedIn } from "./access-world.ts";

/** Every value in every place takes minutes; in turns each comes up somewhere. */
const everything = process.env.TALLYSTICK_TEST_HOSTILE_ALL !== undefined;

/** What nobody means, as an address carries it: each stands in every place of every page. */
const hostile: Readonly<Record<string, string>> = {
  nul: "%00",
  long: "x".repeat(4_000),
  percent: "%25",
  underscores: "__",
  quotes: "%27%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
  "right-to-left": "%E2%80%AE%D8%A3%E2%81%A6",
  emoji: "%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80",
  "half a character": "%ED%A0%80%FF",
  far: "99999999999999999999",
  minus: "-1",
  "no day": "0000-99-99",
  prototype: "__proto__",
};

/** What pages read of their addresses. */
const names = (
  "after,partner,state,since,product,outcome,until,status,period,year,reason,q,format,subject,organisation,kind,day,by," +
  "batch,actor,act,view,template,shop,reverses,number,mail,from,done,code,all,sort,text,currency,month,to,t,again,plan"
).split(",");

async function openFaces(bench: Parameters<typeof openConsole>[0]) {
  const world = await openConsole(bench, { signIn: { passkeys: true } });
  await fillConsole(world, { partners: 5, days: 2 });
  const { id } = await addPerson(world.deps, {
    mail: "ann@partner.example",
    role: "owner",
    partner: "partner-1",
    addedBy: "cli:test",
  });
  const browsers: Record<string, Browser> = {
    console: await world.as("owner"),
    portal: await signedIn(world, { person: id }),
    account: await signedIn(world, { customer: "buyer0-0@customers.example" }),
  };
  const pages = world.app.declared.filter(
    ({ method, path }) => method === "get" && /^\/(console|portal|account|sign-in)(\/|$)/.test(path),
  );
  const of = (path: string) => browsers[path.split("/")[1] ?? ""] ?? (browsers.console as Browser);
  return { ...world, pages, of };
}

/** What is wrong with an answer: a failure of the receiver, no page, or something of a program in the page. */
async function faultOf(browser: Browser, address: string): Promise<string[]> {
  const answer = await browser.get(address, { "accept-language": "de" });
  const type = answer.headers.get("content-type") ?? "";
  const text = answer.status === 303 ? "" : await answer.text();
  const said = address.slice(0, 120);
  if (answer.status >= 500) return [`${answer.status} ${said}`];
  if (answer.status >= 400 && !type.startsWith("text/html")) return [`${type} ${said}`];
  if (type.startsWith("text/html") && /<script>alert|\bundefined\b|\bNaN\b|\[object|Invalid Date/.test(text))
    return [`odd text at ${said}`];
  return [];
}

onEveryEngine("a page of any face", (bench) => {
  it("answers whatever stands in its address with a page, and never fails", async () => {
    const { pages, of } = await openFaces(bench);
    expect(pages.length).toBeGreaterThan(100);
    const faults: string[] = [];
    const values = Object.values(hostile);
    for (const [at, { path }] of pages.entries()) {
      const few = everything
        ? values
        : [0, 1, 2].map((turn) => values[(at + 4 * turn) % values.length] ?? "");
      for (const value of few) {
        if (path.includes("{")) faults.push(...(await faultOf(of(path), path.replace(/\{\w+\}/g, value))));
        const query = names.map((name) => `${name}=${value}`).join("&");
        faults.push(...(await faultOf(of(path), `${path.replace(/\{\w+\}/g, "x")}?${query}`)));
      }
      // One at a time: together, the first that is refused hides the others.
      if (path.includes("{")) continue;
      const some = everything
        ? names
        : [0, 1, 2, 3].map((turn) => names[(at + 10 * turn) % names.length] ?? "");
      for (const [turn, name] of some.entries())
        for (const value of everything ? values : [values[(at + turn) % values.length]])
          faults.push(...(await faultOf(of(path), `${path}?${name}=${value}`)));
    }
    expect(faults).toEqual([]);
  });

  it("says in the reader's language why something was refused, and marks what is said in English", async () => {
    const { of, app } = await openFaces(bench);
    const [console_, portal] = [of("/console"), of("/portal")];
    const read = async (answer: Promise<Response>) => {
      const response = await answer;
      return [response.status, await response.text()] as const;
    };
    const german = { "accept-language": "de" };
    const [status, page] = await read(console_.get("/console/partners/nobody", german));
    expect([status, page.includes("<h1>Diesen Partner gibt es nicht</h1>")]).toEqual([404, true]);
    const [refused, form] = await read(
      console_.post("/console/partners/add", { id: "partner-1", name: "x", kind: "reseller" }, german),
    );
    expect(refused).toBe(422);
    expect(form).toContain('Den Partner gibt es schon <span class="sub" lang="en" dir="ltr">There is a');
    const [cursor, list] = await read(
      console_.get("/console/orders?after=%25%25", { "accept-language": "ar" }),
    );
    expect([cursor, list.includes('dir="rtl"'), list.includes("في البيانات المُدخلة خطأ")]).toEqual([
      400,
      true,
      true,
    ]);
    const [nowhere, missing] = await read(portal.get("/portal/nowhere", german));
    expect([nowhere, missing.includes("<h1>Diese Seite gibt es nicht</h1>")]).toEqual([404, true]);
    // Whoever mistypes an address gets a page outside of the faces too, and is led to where people begin.
    const [lost, start] = await read(portal.get("/nowhere", german));
    expect([
      lost,
      start.includes("<h1>Diese Seite gibt es nicht</h1>"),
      start.includes('href="/sign-in"'),
    ]).toEqual([404, true, true]);
    const [, api] = await read(portal.get("/v1/nowhere", german));
    expect(api.startsWith("{")).toBe(true);
    const [wrongWay, posts] = await read(portal.get("/sign-in/out", german));
    expect([wrongWay, posts.includes("Diese Adresse nimmt das nicht an")]).toEqual([405, true]);
    // Who is not let past is told so in the language that she chose, whatever her browser asks for.
    expect((await portal.post("/portal/settings", { language: "fr" })).status).toBe(303);
    const [denied, why] = await read(portal.get("/console", german));
    expect([denied, /<html lang="(\w+)"/.exec(why)?.[1]]).toEqual([403, "fr"]);
    // A program is told as before.
    const asked = await app.request("/portal/nowhere", { headers: { accept: "application/json" } });
    expect(asked.headers.get("content-type")).toBe("application/problem+json");
  });
});
