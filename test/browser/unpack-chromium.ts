import chromium from "@sparticuz/chromium";

/** Unpacks the browser before the first file asks for it: two that do so at once would each start half of it. */
export default async function setup(): Promise<void> {
  await chromium.executablePath();
}
