import type { Instant } from "../../words/clock.ts";

/** Which pepper the keyed hashes of this database were made with. */
export interface PepperRow {
  slot: "in_force";
  pepper_id: string;
  since: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    peppers: PepperRow;
  }
}
