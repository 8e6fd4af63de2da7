import type { ReadyTemplate } from "../ready-template.ts";

/** Every request names its action in the address and in the hash. */
const call = (action: string, query: Readonly<Record<string, string>>) => ({
  method: "GET" as const,
  path: "/w.cfm",
  query: { merchantId: "{network.merchantId}", token: "{network.token}", version: "3.0", action, ...query },
  auth: {
    kind: "dated-hash" as const,
    dateHeader: "x-shareasale-date",
    hashHeader: "x-shareasale-authentication",
    text: `{network.token}:{date}:${action}:{network.secretKey}`,
  },
  // Answers are text, with status 200 whatever happened.
  answer: { status: [200], done: [{ matches: "^(?![\\s\\S]*([Ee]rror|[Ii]nvalid|[Ff]ailed))[\\s\\S]*\\S" }] },
});

/**
 * ShareASale, Merchant API: `new`, `edit` and `void`, a transaction named by our order id and its date.
 *
 * Source: https://blog.shareasale.com/2013/07/16/merchant-api-building-blocks/
 */
export const shareasale: ReadyTemplate = {
  name: "ShareASale",
  base: "https://api.shareasale.com",
  memberId: "a click id (SSCID) of the affiliate",
  sources: [
    "https://blog.shareasale.com/2013/07/16/merchant-api-building-blocks/",
    "https://help.shareasale.com/hc/en-us/articles/5377241210775-How-to-Void-Edit-a-Transaction",
  ],
  unverified:
    "The reference is for merchants who are logged in: actions and parameters were taken from what public programs send, the words of a failed answer (error, invalid, failed) are a guess, and so is that one click id counts for several orders.",
  effects: {
    convert: call("new", {
      transtype: "sale",
      tracking: "{order}",
      amount: "{amount}",
      currency: "{currency}",
      sscid: "{member.id}",
      sscidmode: "6",
    }),
    adjust: call("edit", {
      ordernumber: "{order}",
      date: "{ordered.us}",
      newamount: "{amount}",
      currency: "{currency}",
      newcomment: "{cause}",
    }),
    reverse: call("void", { ordernumber: "{order}", date: "{ordered.us}", reason: "{cause}" }),
  },
};
