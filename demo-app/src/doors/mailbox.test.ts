import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openMailbox } from "./mailbox.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tallystick-mailbox-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, to: string, text: string) =>
  writeFileSync(
    join(folder, file),
    [
      `To: ${to}`,
      "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=",
      "Date: Mon, 30 Nov 2026 09:00:00 +0000",
      "",
      text,
    ].join("\r\n"),
  );

describe("the folder that stands in for a mail server", () => {
  test("is empty before there is a folder", async () => {
    expect(await openMailbox(join(folder, "nowhere")).list()).toEqual([]);
  });

  test("holds whole letters alone, read as people read them", async () => {
    write("ml_1.eml", "nora@north-star.example", "Your code: 1234 5678");
    write(".ml_2.eml", "nora@north-star.example", "half of a");
    expect(await openMailbox(folder).list()).toMatchObject([
      { file: "ml_1.eml", to: "nora@north-star.example", subject: "Grüße", text: "Your code: 1234 5678" },
    ]);
  });

  test("waits for the next letter to an address, and passes over what was known", async () => {
    write("ml_1.eml", "nora@north-star.example", "old");
    const mailbox = openMailbox(folder);
    const next = mailbox.waitFor("nora@north-star.example", new Set(["ml_1.eml"]));
    write("ml_2.eml", "felix@acme.example", "not hers");
    write("ml_3.eml", "nora@north-star.example", "new");
    expect((await next).text).toBe("new");
  });
});
