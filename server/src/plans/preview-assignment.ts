import { listPartnerRows } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { type NewAssignment, showPlan } from "./plans.ts";
import { findAssignedPlan, listAssignments, type PlanAssignmentRow } from "./rows/plans.ts";

/** A version of a plan by its id. */
interface Named {
  plan: string;
  version: number;
}

/** A partner that an assignment would pay by another version. */
export interface ChangedPartner {
  partner: string;
  name: string;
  /** What pays it just then without the assignment; null where its own percentage does. */
  before: Named | null;
  /** From when on an assignment that is there already takes over, ISO 8601 in UTC; null where none does. */
  until: string | null;
}

/** What an assignment would change. Nothing is written. */
export interface AssignmentPreview extends Named {
  /** ISO 8601 in UTC. */
  since: string;
  changed: ChangedPartner[];
  /** Partners that it names and that are paid by this version already, or by an assignment that stands before it. */
  same: { partner: string; name: string; by: Named | null }[];
}

type Partner = Awaited<ReturnType<typeof listPartnerRows>>[number];

/**
 * Whom an assignment would pay otherwise from its day on, and until when.
 *
 * @throws {Refusal} `plan_unknown`, `partner_unknown`
 */
export async function previewAssignment(
  deps: Pick<Deps, "store" | "clock">,
  asked: Omit<NewAssignment, "partner"> & { partners?: readonly string[] | undefined },
): Promise<AssignmentPreview> {
  const { plan, version } = await showPlan(deps, asked.plan, { version: asked.version });
  const since = asked.since ?? deps.clock();
  const target = asked.partners !== undefined ? "partner" : asked.kind !== undefined ? "kind" : "default";
  return deps.store.read(async (tx) => {
    const [all, assignments] = [await listPartnerRows(tx), await listAssignments(tx)];
    const named = namedPartners(all, asked);
    const preview: AssignmentPreview = { plan, version, since: isoTime(since), changed: [], same: [] };
    for (const partner of named) {
      const row = await findAssignedPlan(tx, { partner: partner.id, at: since });
      const before = row === undefined ? null : { plan: row.plan_id, version: row.version };
      const { id, name } = partner;
      const its = assignments.filter((one) => concerns(one, partner));
      const stands = its.some((one) => one.since <= since && rank(one.target) < rank(target));
      if (stands || (before?.plan === plan && before.version === version)) {
        preview.same.push({ partner: id, name, by: before });
        continue;
      }
      const later = its.find((one) => one.since > since && rank(one.target) <= rank(target));
      preview.changed.push({ partner: id, name, before, until: later ? isoTime(later.since) : null });
    }
    return preview;
  });
}

/** What is assigned to a partner stands before what is to its kind, and that before what is to everybody. */
const rank = (target: PlanAssignmentRow["target"]): number => ["partner", "kind", "default"].indexOf(target);

const concerns = (
  { target, target_id }: Pick<PlanAssignmentRow, "target" | "target_id">,
  { id, kind }: Partner,
): boolean => target === "default" || target_id === (target === "partner" ? id : kind);

function namedPartners(
  all: readonly Partner[],
  { partners, kind }: { partners?: readonly string[] | undefined; kind?: string | undefined },
): readonly Partner[] {
  if (partners === undefined)
    return all.filter((one) => one.status !== "ended" && (kind === undefined || one.kind === kind));
  return [...new Set(partners)].map((id) => {
    const found = all.find((one) => one.id === as.partner(id));
    if (found === undefined) throw new Refusal("partner_unknown", `There is no partner ${id}.`);
    return found;
  });
}

/** Days from now until a moment, whole ones; below zero for one that has passed. */
export const daysUntil = (since: Instant, now: Instant): number => Math.floor((since - now) / 86_400_000);
