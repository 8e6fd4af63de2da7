import type { Page } from "playwright-core";

/**
 * Texts of a page whose colour is too close to what is behind them, by WCAG 2.2, 1.4.3: 4.5 to 1, large text 3 to 1.
 * Disabled controls do not count. Each with its ratio, for a person to find it.
 */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(${measure.toString()})()`);
}

/** Runs in the page: knows nothing of this file. */
function measure(): string[] {
  const { document, getComputedStyle } = globalThis as unknown as PageGlobals;
  const sample = document.createElement("canvas").getContext("2d");
  const paint = (layers: string[]): number[] => {
    sample.clearRect(0, 0, 1, 1);
    for (const layer of layers) {
      sample.fillStyle = layer;
      sample.fillRect(0, 0, 1, 1);
    }
    return [...sample.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb: number[]): number => {
    const [r = 0, g = 0, b = 0] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint: string[] = [];
  for (const element of document.querySelectorAll("body *")) {
    const texts = [...element.childNodes].filter(
      (node) => node.nodeType === 3 && node.textContent.trim() !== "",
    );
    const box = element.getBoundingClientRect();
    if (texts.length === 0 || box.width <= 1 || element.closest(":disabled, .unseen, option") !== null)
      continue;
    const backgrounds: string[] = [];
    for (let at: PageElement | null = element; at !== null; at = at.parentElement)
      backgrounds.unshift(getComputedStyle(at).backgroundColor);
    const style = getComputedStyle(element);
    const behind = paint(backgrounds);
    const [a, b] = [luminance(behind), luminance(paint([...backgrounds, style.color]))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5))
      faint.push(`${ratio.toFixed(2)}: ${element.textContent.trim().slice(0, 40)}`);
  }
  return faint;
}

/** What of the page's world is used, since the tests are compiled without the browser's types. */
interface PageElement {
  childNodes: Iterable<{ nodeType: number; textContent: string }>;
  parentElement: PageElement | null;
  textContent: string;
  closest(selector: string): PageElement | null;
  getBoundingClientRect(): { width: number };
}
interface PageGlobals {
  getComputedStyle(
    element: PageElement,
  ): Record<"backgroundColor" | "color" | "fontSize" | "fontWeight", string>;
  document: {
    querySelectorAll(selector: string): Iterable<PageElement>;
    createElement(name: "canvas"): {
      getContext(kind: "2d"): {
        fillStyle: string;
        clearRect(...box: number[]): void;
        fillRect(...box: number[]): void;
        getImageData(...box: number[]): { data: Uint8ClampedArray };
      };
    };
  };
}
