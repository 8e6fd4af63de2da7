import { lockHierarchy, placePartner, readParents } from "../channel/place-partner.ts";
import { findPartner } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import { Refusal } from "../words/refusal.ts";
import type { RowReport } from "./import-report.ts";
import { findImportName } from "./rows/import-rows.ts";

/**
 * Puts imported partners below those that stood above them in their programme, where nobody stands above them yet.
 *
 * @param parents the programme's ids: of a partner, and of the one above it
 * @returns those that cannot be put there, and why
 */
export async function placeImported(
  deps: Deps,
  programme: string,
  parents: ReadonlyMap<string, string>,
): Promise<RowReport[]> {
  if (parents.size === 0) return [];
  const now = deps.clock();
  const problems: RowReport[] = [];
  for (const [child, above] of parents) {
    const problem = await deps.store
      .write(async (tx) => {
        await lockHierarchy(tx);
        const partner = await findImportName(tx, { programme, name: `id:${child}` });
        const parent = await findImportName(tx, { programme, name: `id:${above}` });
        if (partner === undefined || parent === undefined || partner === parent)
          return "stands below a partner that is not in the files";
        if ((await readParents(tx, now)).get(partner) != null) return undefined;
        const heir = (await findPartner(tx, parent))?.merged_into ?? parent;
        if (heir !== partner) await placePartner(tx, { partner, parent: heir, since: now }, now);
        return undefined;
      })
      .catch((error: unknown) => {
        if (error instanceof Refusal) return error.message;
        throw error;
      });
    if (problem !== undefined)
      problems.push({ file: "", row: 0, action: "problem", kind: "partner", id: child, problem });
  }
  return problems;
}
