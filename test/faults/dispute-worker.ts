import { asDeed } from "../../server/src/deps/actor.ts";
import { answerDispute } from "../../server/src/disputes/answer-dispute.ts";
import { listDisputes, openDispute, showDispute } from "../../server/src/disputes/open-dispute.ts";
import { ruleDispute, ruleDisputes } from "../../server/src/disputes/rule-dispute.ts";
import { openToldDeps } from "./told-deps.ts";

/**
 * Contests orders, answers and rules, by a process that goes on where the one before it was killed. It says a letter on
 * standard output before and after each write, so that whoever kills it does so between any two.
 */
const orders = process.argv.slice(2);
const { opened, deps } = await openToldDeps();
const asBen = <T>(work: () => Promise<T>) =>
  asDeed({ actor: "cli:ben", action: "dispute rule", subject: undefined }, work);

const note = "By the papers";
/** Each fifth is left for a ruling on the whole class. */
const isOfClass = (at: number) => at % 5 === 4;

const known = new Map<string, string>();
for (const { id } of (await listDisputes(deps, { limit: 1_000 })).disputes) {
  const number = (await showDispute(deps, id)).claim.number;
  if (number !== null) known.set(number, id);
}
for (const [at, number] of orders.entries()) {
  const id = known.get(number) ?? (await openDispute(deps, "south", { number, text: "Ours." })).id;
  const { state, thread } = await showDispute(deps, id);
  if (state !== "ruled" && !thread.some(({ kind }) => kind === "answer"))
    await answerDispute(deps, id, { text: "By which invoice?" });
  if (state !== "ruled" && !isOfClass(at))
    await asBen(() => ruleDispute(deps, id, { to: { partner: "south" }, note }));
}
await asBen(() => ruleDisputes(deps, { to: "claimant", note }));
process.stdout.write("done");
await opened.store.close();
