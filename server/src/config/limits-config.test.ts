import { describe, expect, it } from "vitest";
import { testContent } from "../../../test/http/open-app.ts";
import { ConfigError } from "./config-error.ts";
import { parseConfig } from "./parse-config.ts";

const read = (more: object) =>
  parseConfig({ ...testContent(), ...more }, { file: "/etc/tallystick.config.json", env: {} });

function problemsOf(more: object): string[] {
  try {
    read(more);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe("limits, proxies and consents in the configuration", () => {
  it("have sensible figures when nothing is said, and believe no proxy", () => {
    const { limits, listen, consents } = read({});
    expect(limits.voucher).toEqual({
      address: { burst: 60, perHour: 120 },
      account: { burst: 20, perHour: 30 },
    });
    expect(listen.trustedProxies).toEqual([]);
    expect(consents).toEqual([]);
  });

  it("may be changed one figure at a time", () => {
    expect(read({ limits: { serial: { account: { burst: 5 } } } }).limits.serial).toEqual({
      address: { burst: 60, perHour: 120 },
      account: { burst: 5, perHour: 30 },
    });
  });

  it.each([
    [
      { limits: { serial: { address: { burst: 0 } } } },
      "limits.serial.address.burst: expected at least 1 try",
    ],
    [{ limits: { serials: {} } }, 'limits.serials: expected no member of this name; did you mean "serial"?'],
    [
      { listen: { trustedProxies: ["10.0.0.0/33"] } },
      "listen.trustedProxies[0]: expected an address such as 10.0.0.7, or a range such as 10.0.0.0/8 or fd00::/8",
    ],
    [
      { listen: { trustedProxies: ["proxy.example"] } },
      "listen.trustedProxies[0]: expected an address such as 10.0.0.7, or a range such as 10.0.0.0/8 or fd00::/8",
    ],
    [
      { registeredEmails: { consents: [{ version: "v 1", text: "Yes." }] } },
      "registeredEmails.consents[0].version: expected 1 to 64 characters without white space",
    ],
    [
      { registeredEmails: { consents: [{ version: "v1", text: "Yes.", product: "acme-pain" }] } },
      'registeredEmails.consents[0].product: expected one of the "products" (acme-paint), not "acme-pain"; did you mean "acme-paint"?',
    ],
  ])("are refused with path and reason: %j", (more, problem) => {
    expect(problemsOf(more)).toEqual([problem]);
  });
});
