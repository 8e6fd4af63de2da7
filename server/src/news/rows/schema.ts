import type { Instant } from "../../words/clock.ts";

/** Something that the vendor tells its partners. */
export interface NewsRow {
  news_id: string;
  title: string;
  body: string;
  written_by: string;
  written_at: Instant;
  /** Null while it is shown. */
  withdrawn_at: Instant | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    news: NewsRow;
  }
}
