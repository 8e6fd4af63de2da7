import { z } from "zod";

/** Fewer bytes than this can be guessed, or found by trying (Standard Webhooks asks for the same). */
export const minSecretBytes = 24;

/** Text that can be the path of a file. */
export const filePath = z.string().regex(/^[^\0]+$/, "expected a path");

/** Names the place of a secret's value: `{ "env": NAME }` or `{ "file": PATH }`. */
export const secretSource = z
  .union([
    z.strictObject({
      env: z.string().regex(/^[A-Za-z_]\w*$/, "expected the name of an environment variable"),
    }),
    z.strictObject({ file: filePath }),
  ])
  .describe("Where a secret is read from, never the secret itself");
/** Where a secret's value is read from. The value itself never stands in the configuration. */
export type SecretSource = z.output<typeof secretSource>;

/** The same shape with each secret's text where its source stood. */
export type WithSecrets<T> = T extends SecretSource
  ? string
  : T extends object
    ? { readonly [Name in keyof T]: WithSecrets<T[Name]> }
    : T;

/** What is done to a source; `path` is where it stands, as in `shops.stripe.secrets[0]`. */
type Replace = (source: SecretSource, path: string) => unknown;

/** A copy in which each source of a secret, however deep it stands, is what `replace` made of it. */
export function replaceSecrets(value: unknown, path: string, replace: Replace): unknown {
  if (Array.isArray(value)) return value.map((item, at) => replaceSecrets(item, `${path}[${at}]`, replace));
  if (typeof value !== "object" || value === null) return value;
  if (isSource(value)) return replace(value, path);
  const members = Object.entries(value);
  return Object.fromEntries(
    members.map(([name, item]) => [name, replaceSecrets(item, `${path}.${name}`, replace)]),
  );
}

const isSource = (value: object): value is SecretSource => "env" in value || "file" in value;
