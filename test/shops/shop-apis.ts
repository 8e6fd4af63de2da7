import { getGlobalDispatcher, MockAgent, setGlobalDispatcher } from "undici";

/** What a shop's API was asked: the host, the path with its query, and as whom. */
export interface AskedOfApi {
  host: string;
  path: string;
  authorization: string;
  /** What was sent. */
  form?: string;
}

/** What it answers: a document, with another status than 200 where it says so; `link` names the next page. */
export type AnswerOfApi = (asked: AskedOfApi) => {
  status?: number;
  body: unknown;
  retryAfter?: string;
  link?: string;
};

/** Stands in for shops' APIs, for as long as it is open. Nothing else leaves the machine. */
export function openShopApis(hosts: readonly string[], answer: AnswerOfApi) {
  const asked: AskedOfApi[] = [];
  const before = getGlobalDispatcher();
  const agent = new MockAgent();
  agent.disableNetConnect();
  for (const host of hosts)
    agent
      .get(host)
      .intercept({ path: () => true, method: (method) => method === "GET" || method === "POST" })
      .reply((options) => {
        const headers = new Headers(options.headers as Record<string, string>);
        const authorization = headers.get("authorization") ?? headers.get("x-shopify-access-token") ?? "";
        const form = options.method === "POST" ? { form: String(options.body) } : {};
        const question = { host, path: options.path, authorization, ...form };
        asked.push(question);
        const { status = 200, body, retryAfter, link } = answer(question);
        const told = {
          ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
          ...(link === undefined ? {} : { link }),
        };
        return {
          statusCode: status,
          data: JSON.stringify(body),
          ...(Object.keys(told).length === 0 ? {} : { responseOptions: { headers: told } }),
        };
      })
      .persist();
  setGlobalDispatcher(agent);
  return {
    asked,
    async close() {
      setGlobalDispatcher(before);
      await agent.close();
    },
  };
}
