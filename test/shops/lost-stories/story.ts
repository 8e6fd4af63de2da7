import type { ShopKind } from "../../../server/src/config/shop-config.ts";
import type { AnswerOfApi } from "../shop-apis.ts";
import type { Json } from "../stripe-fixtures.ts";

/** A story whose webhooks may be lost, and what the shop's API tells of it when it is over. */
export interface LostStory {
  name: string;
  kind: ShopKind;
  host: string;
  /** What the configuration says of the API. */
  settings: object;
  tells: (reference: string) => unknown[];
  api: (reference: string) => AnswerOfApi;
  /** The orders, each with what it earns in the end. */
  ends: Record<string, number>;
  /** True where the API does not tell the reference, so that of a lost sale the amounts alone are found. */
  hidesReference?: true;
}

const startMs = 1_763_561_590_000;

/** A day after the story began, or before it, as shops write moments. */
export const seconds = (day: number) => Math.round(startMs / 1000 + day * 86_400);
export const iso = (day: number) => new Date(startMs + day * 86_400_000).toISOString();

/** What an event is about. */
export const dataOf = (event: Json) => event.data as Json;
