import type { Progress } from "../../../work/work.ts";
import { startWork } from "../../../work/work.ts";
import type { Desk } from "./desk.ts";

/** Where work is listed. */
export const workListPath = "/console/work";

/** Where one piece of work is followed. */
export const workPath = (id: string): string => `${workListPath}/${encodeURIComponent(id)}`;

/** Sets something off, and goes to the page that follows it. */
export async function setOff(
  desk: Desk,
  kind: string,
  about: string | undefined,
  run: (tell: (progress: Progress) => void) => Promise<unknown>,
  input?: unknown,
): Promise<Response> {
  const id = await startWork(desk.deps, { kind, about, run, input });
  return new Response(null, {
    status: 303,
    headers: { location: workPath(id), "cache-control": "no-store" },
  });
}
