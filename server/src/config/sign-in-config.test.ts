import { describe, expect, it } from "vitest";
import { testContent } from "../../../test/http/open-app.ts";
import { ConfigError } from "./config-error.ts";
import { parseConfig } from "./parse-config.ts";
import { readServerSecrets } from "./secrets.ts";
import { providersOf } from "./sign-in-config.ts";

const acme = { issuer: "https://login.acme.example", clientId: "tallystick", secret: { env: "ACME" } };
const read = (oidc: unknown) =>
  parseConfig({ ...testContent(), signIn: { oidc } }, { file: "/etc/tallystick.config.json", env: {} });

function problemsOf(oidc: unknown): string[] {
  try {
    read(oidc);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe("providers in the configuration", () => {
  it("are one or several, each with an id", () => {
    expect(providersOf(read(undefined).signIn)).toEqual([]);
    expect(providersOf(read(acme).signIn)).toMatchObject([{ id: "sso", assignsMail: false }]);
    const both = [acme, { ...acme, id: "other" }];
    expect(providersOf(read(both).signIn).map(({ id }) => id)).toEqual(["sso", "other"]);
  });

  it.each([
    [[acme, acme], "signIn.oidc: expected an id of its own for each"],
    [[], "signIn.oidc: expected at least 1 provider"],
    [{ ...acme, id: "../x" }, "signIn.oidc.id: expected small letters, digits and dashes, at most 32"],
    [
      { ...acme, issuer: "http://login.acme.example" },
      "signIn.oidc.issuer: expected https, except on this machine",
    ],
    [{ ...acme, issuer: "ldap://login.acme.example" }, "signIn.oidc.issuer: expected the provider's address"],
  ])("are refused where %j would not be safe or not be told apart", (oidc, problem) => {
    expect(problemsOf(oidc)[0]).toBe(problem);
  });

  it("may be spoken to in plain text on this machine alone", () => {
    expect(problemsOf({ ...acme, issuer: "http://localhost:8080/realms/acme" })).toEqual([]);
  });

  it("have their secrets read at the start, and what is missing is told with its place", async () => {
    const config = read([{ ...acme }, { ...acme, id: "other", secret: { env: "OTHER" } }]);
    await expect(readServerSecrets(config, { ACME: "one" })).rejects.toMatchObject({
      problems: expect.arrayContaining([
        {
          path: "signIn.oidc[1].secret",
          message: "expected the environment variable OTHER to be set",
        },
      ]),
    });
  });
});
