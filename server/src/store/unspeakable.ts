import { Refusal } from "../words/refusal.ts";

/** PostgreSQL's `character_not_in_repertoire`: its texts hold no zero character. */
const notInRepertoire = "22021";

/**
 * What PostgreSQL refuses of a text, as the refusal of whoever sent it: a zero character names nothing that exists, and can
 * be kept nowhere. Any other error is returned as it is.
 */
export const refusalOfText = (error: unknown): unknown =>
  (error as { code?: unknown } | undefined)?.code === notInRepertoire
    ? new Refusal("request_invalid", "A text may not contain a zero character.", { cause: error })
    : error;
