import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { createProduct } from "../../testing/product.ts";
import { createSigner } from "../../testing/signer.ts";
import type { PromptLanguage } from "../language.ts";
import { ar } from "../languages/ar.ts";
import { de } from "../languages/de.ts";
import { en } from "../languages/en.ts";
import { ja } from "../languages/ja.ts";
import { promptView } from "../prompt-view.ts";
import { askInTerminal } from "./ask.ts";
import { renderTerminal, terminalLook } from "./render.ts";
import { columnsOf, wrapText } from "./wrap-text.ts";

const signer = await createSigner();
const token = await signer.sign();

async function dueView(language: PromptLanguage = en) {
  const { renewal } = createProduct(signer);
  await renewal.attribution.capture({ token });
  renewal.license.set({ id: "AAAA-BBBB", expiresAt: "2026-12-05" });
  const view = promptView(renewal, {
    language,
    productName: "Acme Paint",
    note: "Your pictures stay yours either way.",
  });
  if (view === null) throw new Error("a prompt is due");
  return view;
}

describe("renderTerminal", () => {
  it.each([40, 80, 120])("fits %d columns, in every script", async (columns) => {
    for (const language of [en, de, ja, ar]) {
      const text = renderTerminal(await dueView(language), { columns });
      expect(text).toMatchSnapshot(`${language.tag} ${columns}`);
      for (const line of text.split("\n"))
        expect(columnsOf(line)).toBeLessThanOrEqual(Math.min(columns, 100));
    }
  });

  it("has no escape sequence unless colours are wanted, and no number where nobody can answer", async () => {
    const view = await dueView();
    expect(renderTerminal(view)).not.toContain("\u001b");
    expect(renderTerminal(view, { colour: true })).toContain("\u001b[1m");
    expect(renderTerminal(view, { choices: false })).not.toMatch(/Renew$|^ 1/m);
  });

  it("has no way in for escape sequences of a partner's name", async () => {
    const view = { ...(await dueView()), disclosure: "Sold by \u001b[31mNorth\u0007" };
    expect(renderTerminal(view)).toContain("Sold by [31mNorth");
    expect(renderTerminal(view)).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe("terminalLook", () => {
  const terminal = { isTTY: true, columns: 120 };
  it.each([
    [terminal, {}, true],
    [{ columns: 120 }, {}, false],
    [terminal, { NO_COLOR: "1" }, false],
    [terminal, { NO_COLOR: "" }, true],
    [terminal, { TERM: "dumb" }, false],
    [{ columns: 120 }, { FORCE_COLOR: "1" }, true],
    [terminal, { FORCE_COLOR: "0" }, false],
  ])("of %o with %o has colours: %s", (stream, env, colour) => {
    expect(terminalLook(stream, env)).toEqual({ columns: 120, colour });
  });
});

describe("wrapText", () => {
  it("counts wide characters twice, and marks not at all", () => {
    expect(columnsOf("ライセンス")).toBe(10);
    expect(columnsOf("e\u0301")).toBe(1);
    expect(columnsOf("\u2068North\u2069")).toBe(5);
  });

  it("does not begin a line with what closes a sentence", () => {
    const lines = wrapText("更新はいつでもできます。更新はいつでもできます。", 24, "ja");
    expect(lines.every((line) => !/^[。、]/.test(line))).toBe(true);
    expect(lines.length).toBeGreaterThan(1);
  });

  it("breaks what has no space, such as an address", () => {
    const address = `https://shop.example/${"a".repeat(60)}`;
    const lines = wrapText(`Open ${address} now`, 30, "en");
    expect(lines.every((line) => line.length <= 30)).toBe(true);
    expect(lines.join("")).toContain("aaaa");
    expect(lines.join("").replaceAll(" ", "")).toBe(`Open${address}now`);
  });
});

class Keyboard extends EventEmitter {
  isTTY = true;
  raw: boolean[] = [];
  paused = false;
  setRawMode(raw: boolean) {
    this.raw.push(raw);
  }
  resume() {}
  pause() {
    this.paused = true;
  }
}

describe("askInTerminal", () => {
  /** Presses a key when the terminal asks for one, as people do; `early` is typed before. */
  async function press(key: string, stream: object = {}, early?: string) {
    const input = new Keyboard();
    let written = "";
    const write = (text: string) => {
      written += text;
      if (text.includes("Press a number")) queueMicrotask(() => input.emit("data", Buffer.from(key)));
    };
    const output = { isTTY: true, columns: 80, write, ...stream };
    const answer = askInTerminal(await dueView(), { input, output, hint: "Press a number" });
    if (early !== undefined) setImmediate(() => input.emit("data", Buffer.from(early)));
    return { answer: await answer, input, written };
  }

  it("takes nothing that was typed before it asked", async () => {
    expect((await press("2", {}, "1")).answer).toBe("snooze_1d");
  });

  it.each([
    ["1", "renew"],
    ["2", "snooze_1d"],
    ["7", "enter_key"],
    ["\r", "later"],
    ["\u001b", "later"],
    ["9", "later"],
    ["x", "later"],
    ["\u0003", "interrupted"],
  ])("takes the key %j for %s", async (key, expected) => {
    const { answer, input, written } = await press(key);
    expect(answer).toBe(expected);
    expect(input.raw).toEqual([true, false]);
    expect(input.paused).toBe(true);
    expect(input.eventNames()).toEqual([]);
    expect(written).toContain("Press a number");
  });

  it("waits for nobody when the output is piped, and writes no colours and no choices", async () => {
    const { answer, written, input } = await press("1", { isTTY: false });
    expect(answer).toBe("later");
    expect(written).not.toMatch(/[^\P{Cc}\n]|Press a number|Renew$/mu);
    expect(input.raw).toEqual([]);
  });

  it.each(["end", "error", "close"])("decides later when the input is gone: %s", async (event) => {
    const input = new Keyboard();
    const write = (text: string) =>
      text.includes("press now") && queueMicrotask(() => input.emit(event, new Error("EIO")));
    const output = { isTTY: true, write };
    expect(await askInTerminal(await dueView(), { input, output, hint: "press now" })).toBe("later");
    expect(input.eventNames()).toEqual([]);
  });
});
