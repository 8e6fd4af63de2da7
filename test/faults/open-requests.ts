import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { stripeDelivery } from "../shops/deliveries.ts";
import type { Acknowledgement, ShopEvent } from "./shop-traffic.ts";

/** A delivery that a receiver has begun to take: it has read the headers and waits for the body. */
export interface OpenDelivery {
  /** Sends the body; returns what the receiver says. */
  finish(): Promise<Acknowledgement>;
}

/** Begins a delivery; resolves when the receiver has asked for the body (RFC 9110, section 10.1.1). */
export async function beginDelivery(url: string, event: ShopEvent): Promise<OpenDelivery> {
  const { headers, body } = stripeDelivery(event, { timestamp: Math.floor(Date.now() / 1000) });
  const sending: ClientRequest = request(`${url}/webhooks/stripe`, {
    method: "POST",
    headers: { ...Object.fromEntries(headers), "content-length": body.length, expect: "100-continue" },
  });
  const answered = once(sending, "response") as Promise<[IncomingMessage]>;
  // A connection that is cut meanwhile is told by `finish`.
  answered.catch(() => {});
  sending.flushHeaders();
  await once(sending, "continue");
  return {
    async finish() {
      sending.end(body);
      const [response] = await answered;
      let text = "";
      for await (const chunk of response) text += chunk;
      return { code: response.statusCode ?? 0, status: (JSON.parse(text) as { status: unknown }).status };
    },
  };
}
