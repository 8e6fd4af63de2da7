/**
 * The product's side of a prompt that is shown in another process: Electron's renderer, a web view. What passes between
 * the two is plain data, so any bridge carries it.
 */
import type { Licence, RenewalClient } from "@tallystick/sdk";
import {
  answerPrompt,
  licenceView,
  loadLanguage,
  type PromptActionId,
  type PromptLanguage,
  type PromptOptions,
  type PromptView,
  promptView,
} from "@tallystick/sdk/prompt";

/** What a page may ask of the product. */
export interface PromptHost {
  /** The prompt to show now, which is noted as shown; `null` when none is due or the moment is bad. */
  prompt(locales: readonly string[]): Promise<PromptView | null>;
  /** The licence as it stands, for a page that can be opened at any time. */
  licence(locales: readonly string[]): Promise<PromptView>;
  /** Does what the customer chose. Returns one sentence to show; `null` when the product itself goes on. */
  answer(id: PromptActionId): Promise<string | null>;
}

/** The names of what a page may ask: a bridge takes these and no others. */
export const promptQuestions = ["prompt", "licence", "answer"] as const satisfies (keyof PromptHost)[];

/** What the product adds. */
export interface PromptHostOptions extends Omit<PromptOptions, "language"> {
  /** Opens the product's own form for a licence key. */
  enterKey(): void;
  /** Looks the licence up anew. */
  readLicence?(): Promise<Licence | undefined>;
}

/** Serves a page. The page may be anybody's: it is given no more than views, and does no more than they offer. */
export function createPromptHost(renewal: RenewalClient, options: PromptHostOptions): PromptHost {
  let language: PromptLanguage | undefined;
  let offered: readonly PromptActionId[] = [];

  const offer = <View extends PromptView | null>(view: View): View => {
    if (view !== null) offered = view.actions.map(({ id }) => id);
    return view;
  };

  return {
    async prompt(locales) {
      language = await loadLanguage(locales);
      const view = promptView(renewal, { ...options, language });
      return view !== null && renewal.markShown().code === "shown" ? offer(view) : null;
    },
    async licence(locales) {
      language = await loadLanguage(locales);
      return offer(licenceView(renewal, { ...options, language }));
    },
    async answer(id) {
      if (!offered.includes(id)) return null;
      const { said } = await answerPrompt(renewal, id, { ...options, language });
      if (id === "enter_key") options.enterKey();
      return said;
    },
  };
}
