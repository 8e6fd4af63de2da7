import type { PromptText } from "@tallystick/sdk/prompt";

/** The texts of a catalogue in one language, by name. */
export type Texts<Name extends string> = Readonly<Record<Name, PromptText>>;

/** What one audience or noun says, in every language it was translated into. English is always there. */
export interface Catalogue<Name extends string> {
  readonly en: Texts<Name>;
  /** The other languages by BCP 47 tag: each is a file of its own, read when it is wanted. */
  readonly others: Readonly<Record<string, () => Promise<Texts<Name>>>>;
}
