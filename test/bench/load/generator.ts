import { answerParent } from "../children.ts";
import { burst, type LoadResult, pace } from "./drive.ts";
import { clickRequest, pageRequest, purchaseRequest } from "./requests.ts";

/** What the generator's process does. Requests are made ready before a load, so that nothing is signed during it. */
export type GeneratorTasks = {
  /** Makes clicks ready: the tokens are taken in turns, each click has a licence of its own. */
  clicks(input: { product: string; tokens: readonly string[]; count: number }): void;
  /** Makes a signed purchase ready for each reference. */
  purchases(input: { path: string; secret: string; references: readonly string[] }): void;
  /** Makes a page of somebody who is signed in ready, so many times. */
  pages(input: { path: string; cookie: string; status: number; count: number }): void;
  /** Sends what is ready, as fast as the answers come. */
  burst(input: { urls: readonly string[]; connections: number }): Promise<LoadResult>;
  /** Sends what is ready, at a steady rate. */
  pace(input: { urls: readonly string[]; connections: number; perSecond: number }): Promise<LoadResult>;
};

let requests: Buffer[] = [];
let expectedStatus = 0;
let customers = 0;

answerParent({
  clicks: ({ product, tokens, count }) => {
    expectedStatus = 302;
    requests = Array.from({ length: count }, (_, index) =>
      clickRequest(product, tokens[index % tokens.length] ?? "", ++customers),
    );
  },
  purchases: ({ path, secret, references }) => {
    expectedStatus = 200;
    requests = references.map((reference) => purchaseRequest(path, secret, reference));
  },
  pages: ({ path, cookie, status, count }) => {
    expectedStatus = status;
    requests = Array.from({ length: count }, () => pageRequest(path, cookie));
  },
  burst: (input) => burst({ ...input, requests, expectedStatus }),
  pace: (input) => pace({ ...input, requests, expectedStatus }),
} satisfies GeneratorTasks);
