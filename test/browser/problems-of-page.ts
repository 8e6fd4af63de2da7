import type { Page } from "playwright-core";
import { findBarriers } from "./axe.ts";
import { faintTexts } from "./contrast.ts";
import { keepPicture } from "./stage.ts";

/** What keeps people from reading a page as it stands, each with the page's name, under which its picture is kept. */
export async function problemsOf(page: Page, name: string): Promise<string[]> {
  await keepPicture(page, name);
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  return [
    ...(await findBarriers(page)).map((one) => `${name}: ${one}`),
    ...(await faintTexts(page)).map((one) => `${name}: faint ${one}`),
    ...(overflow > 0 ? [`${name}: ${overflow} px wider than the window`] : []),
  ];
}
