import type { Html } from "../../../pages/html.ts";
import { refusalText } from "../../../pages/refusals.ts";
import { Refusal } from "../../../words/refusal.ts";
import type { Desk } from "./desk.ts";

/** Does something; what is refused is said on top of the form that asked for it. */
export async function orAgain(
  { refusals }: Pick<Desk, "refusals">,
  askAgain: (problem: Html) => Promise<Response>,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && error.code !== "order_unknown")
      return askAgain(refusalText(refusals, error));
    throw error;
  }
}
