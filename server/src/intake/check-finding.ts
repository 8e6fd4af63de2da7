import type { Instant } from "../words/clock.ts";
import type { PostedAnswer } from "./post-delivery.ts";

/** Something wrong, and what to change. */
export interface CheckFinding {
  code:
    | "secret_unfit"
    | "unreachable"
    | "redirected"
    | "clock_off"
    | "signature_refused"
    | "changed_on_the_way"
    | "shop_not_running"
    | "wrong_address"
    | "event_refused"
    | "receiver_failing";
  message: string;
  change: string;
}

/** Deliveries of several shops are refused when they seem older or newer than this. */
const toleranceMs = 300_000;

/** What an answer to the test event means; undefined when it is the right one. */
export function judgeAnswer(
  answer: PostedAnswer,
  { url, now }: { url: string; now: Instant },
): CheckFinding | undefined {
  if ("failure" in answer) return unreachable(url, answer.failure);
  const { status, location, text } = answer;
  const { code, status: outcome } = membersOf(text);
  if (status === 200 && outcome === "ignored") return clockFinding(answer, now);
  if (status >= 300 && status < 400) return redirected(url, location);
  if (status === 401 && code === "signature_invalid") return clockFinding(answer, now) ?? signatureRefused;
  if (status === 404 && code === "shop_unknown") return shopNotRunning;
  if (status === 400 && code === "event_invalid") return eventRefused;
  if (status >= 500) return failing(status);
  return {
    code: "wrong_address",
    message: `${url} answered ${status}, but not as the receiver does: something else stands there.`,
    change:
      "Let the address lead to the receiver's /webhooks/NAME, path and all, without a login or a firewall's page before it.",
  };
}

const unreachable = (url: string, failure: string): CheckFinding => ({
  code: "unreachable",
  message: `${url} gave no answer (${failure}).`,
  change:
    "Start the receiver with `tallystick serve`, and see that `issuer` and `listen` of the configuration, the name's DNS entry, the certificate and the firewall let it be reached.",
});

const redirected = (url: string, location: string | null): CheckFinding => ({
  code: "redirected",
  message: `${url} answered with a redirect${location === null ? "" : ` to ${withoutQuery(location)}`}. Shops follow none.`,
  change: "Give the shop the address that is redirected to, with https, and make it the `issuer`.",
});

const signatureRefused: CheckFinding = {
  code: "signature_refused",
  message: "The running receiver refused the signature of the test event.",
  change:
    "The receiver runs with another secret than this command was given, or something before it changes headers or body: start it again with the same configuration and environment, and see its log for `webhook.rejected` and the reason.",
};

const shopNotRunning: CheckFinding = {
  code: "shop_not_running",
  message: "The running receiver knows no shop of this name.",
  change:
    "Start the receiver again with this configuration; and see that the address ends in the name that stands under `shops`.",
};

const eventRefused: CheckFinding = {
  code: "event_refused",
  message: "The signature held, but the receiver takes the shop for another kind.",
  change: "Set the shop's `kind` in the configuration, and start the receiver again with it.",
};

const failing = (status: number): CheckFinding => ({
  code: "receiver_failing",
  message: `The receiver, or what stands before it, answered ${status}.`,
  change: "See the receiver's log for `webhook.failed` and `server.failed`, and the proxy's own.",
});

/** By the time that stands in the answer: a clock that is off makes good signatures look old. */
function clockFinding({ date }: { date: string | null }, now: Instant): CheckFinding | undefined {
  const told = Date.parse(date ?? "");
  const offMs = told - now;
  if (Number.isNaN(told) || Math.abs(offMs) <= toleranceMs) return undefined;
  return {
    code: "clock_off",
    message: `The receiver's clock and this machine's differ by ${Math.round(Math.abs(offMs) / 1000)} seconds; 300 are allowed.`,
    change: "Set both clocks by NTP: signatures cover the time, and are refused when it is off.",
  };
}

function membersOf(text: string): { code?: unknown; status?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Where a redirect leads, without what may be secret in it. */
function withoutQuery(location: string): string {
  const url = URL.parse(location);
  return url === null ? "another address" : `${url.origin}/…`;
}
