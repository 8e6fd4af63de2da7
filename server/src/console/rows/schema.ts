import type { Instant } from "../../words/clock.ts";

/** A figure that was gathered, as JSON. It is derived: what it was made of can be read again. */
export interface ConsoleFigureRow {
  name: string;
  value: string;
  gathered_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    console_figures: ConsoleFigureRow;
  }
}
