import { describe, expect, test } from "vitest";
import { createNarrator, StepError } from "./narrator.ts";

function listen(isTTY: boolean, env: NodeJS.ProcessEnv = {}, withinMs?: number) {
  let text = "";
  const output = {
    isTTY,
    write: (more: string) => {
      text += more;
    },
  };
  return { narrator: createNarrator(output, env, withinMs), said: () => text };
}

const step = (work: () => Promise<string>) => ({
  sentence: "Something happens.",
  lookAt: "the place",
  work,
  outcome: (result: string) => result,
});

describe("the narrator", () => {
  test("numbers the steps and says what each came to", async () => {
    const { narrator, said } = listen(false);
    expect(await narrator.step(step(async () => "well"))).toBe("well");
    await narrator.step(step(async () => "again"));
    expect(said()).toBe("\n 1  Something happens.\n    ✓ well\n\n 2  Something happens.\n    ✓ again\n");
  });

  test("names the step that failed, why, and where to look", async () => {
    const { narrator, said } = listen(false);
    const failed = narrator.step(step(() => Promise.reject(new Error("it broke"))));
    await expect(failed).rejects.toThrow(StepError);
    await expect(failed).rejects.toThrow(
      /Step 1 failed: Something happens\.\n {2}Why: it broke\n {2}Look at: the place/,
    );
    expect(said()).toContain("✗ it broke");
  });

  test("takes a step that does not end for a failed one", async () => {
    const { narrator } = listen(false, {}, 10);
    await expect(narrator.step(step(() => new Promise(() => {})))).rejects.toThrow(
      "it took longer than 0.01 s",
    );
  });

  test.each([
    ["on a terminal", true, {}, true],
    ["not when NO_COLOR is set", true, { NO_COLOR: "1" }, false],
    ["not in a pipe", false, {}, false],
  ])("colours: %s", async (_, isTTY, env, coloured) => {
    const { narrator, said } = listen(isTTY, env);
    await narrator.step(step(async () => "well"));
    expect(said().includes("\u001b[")).toBe(coloured);
  });
});
