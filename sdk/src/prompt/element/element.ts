import type { PromptAction, PromptActionId, PromptView } from "../prompt-view.ts";
import { style } from "./style.ts";

/** The element's name. */
export const elementName = "tallystick-prompt";

/** The event that an answer is told by; it bubbles and leaves the shadow tree. */
export const answerEvent = "tallystick-answer";

/** What the customer chose. */
export type PromptAnswerEvent = CustomEvent<{ id: PromptActionId }>;

/** Outside a browser, such as where a page is made on a server, the file can be loaded and does nothing. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** A reader that was just told of a new page would drop what comes with it. */
const announceAfterMs = 600;

/**
 * `<tallystick-prompt>`: shows a view of `promptView()` or `licenceView()`, which it is given as its property `view`.
 *
 * It stands where it is put, in the flow of the page, and only with the attribute `overlay` over it, in a corner. It
 * takes no focus. Its title is told to screen readers politely. Everything is written as text, so no view can bring
 * markup into the page, and the style needs no exception from a content security policy.
 *
 * Parts for styling: `card`, `product`, `title`, `text`, `note`, `price`, `disclosure`, `actions`, `button`, `said`.
 * Custom properties: `--tallystick-ink`, `-soft`, `-card`, `-line`, `-accent`, `-font`, `-radius`, `-layer`.
 */
export class TallystickPrompt extends Base {
  #view: PromptView | null = null;
  #said = "";
  #root: ShadowRoot | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What is shown; `null` for nothing. */
  get view(): PromptView | null {
    return this.#view;
  }

  set view(given: PromptView | null | undefined) {
    const view = given ?? null; // Frameworks set `undefined` for nothing.
    const changed = this.#said !== "" || JSON.stringify(view) !== JSON.stringify(this.#view);
    this.#view = view;
    this.#said = "";
    if (changed && this.#root !== undefined) this.#show();
  }

  /**
   * One sentence in place of the view, such as what an answer came to, until a view is set. It is read out, politely.
   * `null`, as an answer says it that the product itself goes on with, shows nothing.
   */
  say(text: string | null): void {
    this.#said = text ?? "";
    this.#view = null;
    if (this.#root !== undefined) this.#show();
  }

  /** Called by the browser. */
  connectedCallback(): void {
    if (Object.hasOwn(this, "view")) this.#upgrade();
    if (this.#root === undefined) {
      this.#root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      this.#root.adoptedStyleSheets = [sheet];
      const said = make("p", "said");
      said.setAttribute("role", "status");
      said.tabIndex = -1;
      this.#root.append(said);
    }
    this.#show();
  }

  /** Called by the browser. */
  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  /** A view that was set before the element was defined hides the accessor. */
  #upgrade(): void {
    const { view } = this;
    Reflect.deleteProperty(this, "view");
    this.view = view;
  }

  #show(): void {
    const root = this.#root;
    const status = root?.querySelector<HTMLElement>(".said");
    if (!root || !status) return;
    const hadFocus = root.activeElement !== null;
    root.querySelector(".card")?.remove();
    const { language = "", direction = "" } = this.#view ?? {};
    if (this.#view !== null) {
      Object.assign(status, { lang: language, dir: direction });
      root.append(cardOf(this.#view, (id) => this.#answer(id)));
    }
    status.classList.toggle("shown", this.#said !== "");
    status.classList.toggle("unseen", this.#said === "");
    this.#announce(status, hadFocus);
    // The pressed button is gone: what now stands in its place is where the reader goes on.
    if (hadFocus) (root.querySelector<HTMLElement>("h2") ?? status).focus();
  }

  /** What a status line holds is read out only when it changes after it is there. */
  #announce(status: HTMLElement, atOnce: boolean): void {
    clearTimeout(this.#timer);
    const text = this.#said || (this.#view?.title ?? "");
    if (atOnce || this.#said !== "") status.textContent = text;
    else {
      status.textContent = "";
      this.#timer = setTimeout(() => (status.textContent = text), announceAfterMs);
    }
  }

  #answer(id: PromptActionId): void {
    this.dispatchEvent(new CustomEvent(answerEvent, { detail: { id }, bubbles: true, composed: true }));
  }
}

function cardOf(view: PromptView, answer: (id: PromptActionId) => void): HTMLElement {
  const card = make("section", "card");
  card.lang = view.language;
  card.dir = view.direction;
  card.dataset.urgency = view.urgency;
  card.setAttribute("aria-labelledby", "title");
  const title = make("h2", "title", view.title);
  title.id = "title";
  title.tabIndex = -1;
  const [product, ...lines] = (["product", "text", "note", "price", "disclosure"] as const).map((name) => {
    const line = make("p", name, view[name]);
    if (name === "product" || name === "note") line.dir = "auto"; // the vendor's own words
    return line;
  });
  for (const line of [product, title, ...lines]) if (line?.textContent) card.append(line);
  card.append(actionsOf(view.actions, answer));
  return card;
}

/** One row for the choices of a group: those under one heading stand together, as do those without. */
function actionsOf(actions: readonly PromptAction[], answer: (id: PromptActionId) => void): HTMLElement {
  const box = make("div", "actions");
  let row: HTMLElement | undefined;
  let heading: string | null | undefined;
  for (const { id, label, under } of actions) {
    if (row === undefined || under !== heading) {
      row = make("div", "row");
      box.append(under === null ? row : groupOf(under, row));
      heading = under;
    }
    const button = make("button", "button", label) as HTMLButtonElement;
    button.type = "button";
    button.dataset.action = id;
    button.addEventListener("click", () => answer(id));
    row.append(button);
  }
  return box;
}

function groupOf(heading: string, row: HTMLElement): HTMLElement {
  const group = make("fieldset", "group");
  group.append(make("legend", "legend", heading), row);
  return group;
}

function make(name: string, part: string, text: string | null = null): HTMLElement {
  const element = document.createElement(name);
  element.className = part;
  element.setAttribute("part", part);
  if (text !== null) element.textContent = text;
  return element;
}

/** Makes the element known to the browser; once, whoever else has done so. */
export function definePrompt(): void {
  if (globalThis.customElements?.get(elementName) === undefined)
    globalThis.customElements?.define(elementName, TallystickPrompt);
}
