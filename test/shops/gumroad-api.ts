import { getGlobalDispatcher, MockAgent, setGlobalDispatcher } from "undici";
import { gumroadSale } from "./gumroad-fixtures.ts";

/** The access token that the mock of Gumroad's API takes. */
export const gumroadToken = "gumroad-access-token-0123456789";

/**
 * Stands in for Gumroad's API, for as long as it is open. It knows the sales it was told of; `asked` has the paths it was
 * asked for. `status` makes it answer something else.
 */
export function openGumroadApi() {
  const sales = new Map<string, Record<string, unknown>>();
  const asked: string[] = [];
  const before = getGlobalDispatcher();
  const agent = new MockAgent();
  agent.disableNetConnect();
  const api = { sales, asked, status: 200, body: undefined as string | undefined, tell, close };
  agent
    .get("https://api.gumroad.com")
    .intercept({ path: (path) => path.startsWith("/v2/sales/"), method: "GET" })
    .reply((options) => {
      const headers = new Headers(options.headers as Record<string, string>);
      asked.push(options.path);
      if (headers.get("authorization") !== `Bearer ${gumroadToken}`) return { statusCode: 401, data: "{}" };
      const sale = sales.get(decodeURIComponent(options.path.slice("/v2/sales/".length)));
      const data = sale ? { success: true, sale } : { success: false, message: "The sale was not found." };
      return { statusCode: api.status, data: api.body ?? JSON.stringify(data) };
    })
    .persist();
  setGlobalDispatcher(agent);

  /** Members of a sale change; a sale that is not known yet begins as one of 100.00 USD. */
  function tell(change: { id: string } & Record<string, unknown>) {
    sales.set(change.id, { ...(sales.get(change.id) ?? gumroadSale()), ...change });
  }
  async function close() {
    setGlobalDispatcher(before);
    await agent.close();
  }
  return api;
}
