import { describe, expect, it } from "vitest";
import { testContent } from "../../../test/http/open-app.ts";
import { ConfigError } from "./config-error.ts";
import { configJsonSchema } from "./config-json-schema.ts";
import { parseConfig } from "./parse-config.ts";

type Place = readonly (string | number)[];
interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema | boolean;
}

const whole = configJsonSchema() as Schema & Record<string, unknown>;

/** Every place that the published schema knows, members of lists and of records by one each. */
function* placesOf(schema: Schema, at: Place = []): Generator<Place> {
  if (at.length > 6) return;
  yield at;
  const { $ref, anyOf = [], oneOf = [], properties = {}, additionalProperties: more, items } = schema;
  if ($ref !== undefined) {
    const named = $ref.split("/").slice(1);
    yield* placesOf(named.reduce<unknown>((part, name) => (part as never)[name], whole) as Schema, at);
  }
  for (const one of [...anyOf, ...oneOf]) yield* placesOf(one, at);
  for (const [name, one] of Object.entries(properties)) yield* placesOf(one, [...at, name]);
  if (typeof more === "object") yield* placesOf(more, [...at, "acme"]);
  if (typeof items === "object") yield* placesOf(items, [...at, 0]);
}

/** A whole configuration with a value at a place; what leads there is made where it is missing. */
function withValue(place: Place, value: unknown): unknown {
  const last = place.at(-1);
  if (last === undefined) return value;
  const content = structuredClone(testContent()) as Record<string, unknown>;
  let part: Record<string | number, unknown> = content;
  for (const [index, name] of place.slice(0, -1).entries()) {
    const known = part[name];
    part[name] =
      typeof known === "object" && known !== null ? known : typeof place[index + 1] === "number" ? [] : {};
    part = part[name] as typeof part;
  }
  part[last] = value;
  return content;
}

const hostile = [
  null,
  -1,
  1.5,
  1e308,
  "",
  "smtp.acme.example",
  "\ud800",
  "https://[",
  "postgres://%ff@x",
  "0.0.0.0/99",
  "(",
  [[]],
  { "": 1 },
  { env: "__proto__" },
  { file: "\u0000" },
];

describe("a configuration with what nobody expects", () => {
  const places = [...new Map([...placesOf(whole)].map((place) => [JSON.stringify(place), place])).values()];

  it.each(hostile.map((value) => [value]))("is taken or refused with its place: %j anywhere", (value) => {
    expect(places.length).toBeGreaterThan(300);
    const thrown = places.flatMap((place) => {
      try {
        parseConfig(withValue(place, value), { file: "/etc/tallystick/tallystick.config.json", env: {} });
      } catch (error) {
        if (!(error instanceof ConfigError)) return [`${place.join(".")}: ${error}`];
      }
      return [];
    });
    expect(thrown).toEqual([]);
  });
});
