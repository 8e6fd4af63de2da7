import type {
  CreditReason,
  HoldReason,
  LostReason,
  RefusedReason,
  UnattributedReason,
} from "../../attribution/reasons.ts";
import type { RuleWhy } from "../../commission/conditions.ts";
import { texts } from "../../messages/reasons/en.ts";

/** `joined` is no matter of evidence. */
type Reason = CreditReason | HoldReason | LostReason | RefusedReason | UnattributedReason | "joined";

/** Every reason of a decision in words: the same as the pages say. The code stands beside them, for programs. */
const words: Readonly<Record<Reason | `rule_${RuleWhy}`, string>> = texts;

/** A reason's code in words; a code this version does not know stands for itself. */
export function reasonWords(code: string): string {
  return Object.hasOwn(words, code) ? words[code as Reason] : code.replaceAll("_", " ");
}

/** Why a rule of a plan pays a line, or does not. */
export const ruleWords = (why: RuleWhy): string => words[`rule_${why}`];
