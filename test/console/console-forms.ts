import { expect } from "vitest";
import type { Browser } from "../access/access-world.ts";

/** The value of a field with something to copy. */
export const shownOnce = (text: string, id = "secret") =>
  new RegExp(`id="${id}"[^>]* value="([^"]+)"`).exec(text)?.[1] ?? "";

/** What an answer says. */
export const textOf = async (answer: Promise<Response>) => (await answer).text();

/** Sends a form, and again with its confirmation; gives where that leads. */
export async function inTwoSteps(browser: Browser, path: string, fields: Record<string, string> = {}) {
  const rehearsed = await browser.post(path, fields);
  const text = await rehearsed.text();
  expect([rehearsed.status, text.includes('name="step" value="do"')], text).toEqual([200, true]);
  expect(text).not.toMatch(/undefined|NaN|\[object/);
  const done = await browser.post(path, { ...fields, step: "do" });
  expect(done.status, await done.clone().text()).toBe(303);
  return done.headers.get("location");
}

/** Sends a form with a file, as a browser does. */
export async function upload(
  browser: Browser,
  path: string,
  fields: Record<string, string>,
  file: { name: string; text: string },
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ "form-token": browser.formToken, ...fields }))
    form.append(name, value);
  form.append("file", new File([file.text], file.name));
  const sent = new Response(form);
  return browser.send(path, {
    body: new Uint8Array(await sent.arrayBuffer()),
    type: sent.headers.get("content-type") ?? "",
  });
}

/** What the address that a form led to ends in. */
export const idOf = (answer: Response) => answer.headers.get("location")?.split("/").at(-1) ?? "";
