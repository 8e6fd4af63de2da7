import type { Documents } from "../documents/documents.ts";

/**
 * When the token, or the serial that stands for it, may leave the device. `onClick`: in the renewal link that the
 * customer opens, and in registrations after it. `withConsent`: after `consent(true)`. `never`: not at all.
 */
export type SendMode = "onClick" | "withConsent" | "never";

/** The modes there are. */
export const sendModes: readonly SendMode[] = ["onClick", "withConsent", "never"];

/** What saying yes or no came to. `stored_unsaved`: it could not be written and counts for this process. */
export type ConsentResult = { code: "stored" | "stored_unsaved" };

/** What may leave the device now. */
export interface Permission {
  /** Whether the renewal link may carry the token. */
  inLink(): boolean;
  /** Whether a registration may be sent. */
  toRegister(): boolean;
  /** The customer has asked for the renewal page. */
  noteClick(): void;
  consent(given: boolean): ConsentResult;
}

/** Without a mode, what the product calls is sent: it has asked its customer itself, or need not. */
export function createPermission(documents: Documents, mode: SendMode | undefined): Permission {
  let clicked = false;
  const agreed = () =>
    mode !== "never" && (mode !== "withConsent" || documents.readJson("consent", readConsent) === true);
  return {
    inLink: agreed,
    toRegister: () => agreed() && (mode !== "onClick" || clicked),
    noteClick() {
      clicked = true;
    },
    consent: (given) => ({
      code: documents.writeJson("consent", { given: given === true }) ? "stored" : "stored_unsaved",
    }),
  };
}

function readConsent(value: unknown): boolean | undefined {
  const given = (value as { given?: unknown } | null | undefined)?.given;
  return typeof given === "boolean" ? given : undefined;
}
