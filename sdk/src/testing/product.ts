import { createMemoryTokenStore } from "../documents/memory-token-store.ts";
import { createRenewalClient, type RenewalClientOptions } from "../index.ts";
import { issuer, noon, type Signer } from "./signer.ts";

/** A clock that tests move. */
interface TestClock {
  now: number;
}

/** A surrounding in which no carrier finds anything of the machine the tests run on. */
export const emptySurroundings = {
  env: {},
  argv: ["node", "/nonexistent/main.js"],
  execPath: "/nonexistent/node",
  platform: "linux",
  home: "/nonexistent",
} as const;

/** A fetch for a machine without a network. */
const offline: typeof globalThis.fetch = async () => {
  throw new TypeError("fetch failed");
};

/** Acme Paint with the SDK in it, offline, at `noon`, and a clock to move. */
export function createProduct(signer: Signer, options: Partial<RenewalClientOptions> = {}) {
  const clock: TestClock = { now: noon };
  const opened: string[] = [];
  const renewal = createRenewalClient({
    product: "acme-paint",
    receiver: issuer,
    keys: signer.jwks,
    shopUrl: "https://acme.example/renew?lang=en",
    store: createMemoryTokenStore(),
    surroundings: emptySurroundings,
    now: () => clock.now,
    fetch: offline,
    timeZone: "UTC",
    openBrowser: async (url) => {
      opened.push(url);
      return { code: "opened" };
    },
    ...options,
  });
  return { renewal, clock, opened };
}
