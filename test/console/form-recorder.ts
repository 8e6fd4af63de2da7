import type { App } from "../../server/src/http/app.ts";

/** What a form led to: it asked before it did something, it did it, or it was refused. */
type Outcome = "asked" | "done" | "refused";

/** Notes what became of every form that is sent to an app from now on, by its route as declared. */
export function recordForms(app: Pick<App, "declared" | "request">) {
  const outcomes = new Map<string, Outcome[]>();
  const forms = app.declared.filter(({ method }) => method === "post");
  const patterns = forms.map(({ path }) => ({
    path,
    matches: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  }));
  const request = app.request.bind(app);
  const recording: typeof app.request = async (input, init, ...rest) => {
    const answer = await request(input, init, ...rest);
    const address = new URL(String(input instanceof Request ? input.url : input), "http://127.0.0.1");
    // As the router does, the first that fits is meant.
    const route = patterns.find(({ matches }) => matches.test(address.pathname));
    if (init?.method === "POST" && route !== undefined)
      outcomes.set(route.path, [...(outcomes.get(route.path) ?? []), await outcomeOf(answer)]);
    return answer;
  };
  Object.assign(app, { request: recording });
  const that = (outcome: Outcome) => (path: string) => outcomes.get(path)?.includes(outcome) === true;
  return {
    /** The routes of forms below the addresses given. */
    below: (...prefixes: readonly string[]) =>
      forms
        .map(({ path }) => path)
        .filter((path) => prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))),
    isDone: that("done"),
    hasAsked: that("asked"),
  };
}

async function outcomeOf(answer: Response): Promise<Outcome> {
  if (answer.status >= 400) return "refused";
  if (answer.status !== 200 || answer.headers.get("content-type")?.startsWith("text/html") !== true)
    return "done";
  return (await answer.clone().text()).includes('name="step" value="do"') ? "asked" : "done";
}
