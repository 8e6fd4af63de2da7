import type { Deps } from "../deps/deps.ts";
import { changeRows } from "./change-rows.ts";
import { findDueImports } from "./rows/import-rows.ts";

/** Makes payable what another programme held until a day that has come. Returns how many amounts. */
export const releaseImported = (deps: Pick<Deps, "store" | "clock">): Promise<number> =>
  changeRows(deps, {
    find: findDueImports,
    change: (before) => ({ before, row: { ...before, account: "payable", version: before.version + 1 } }),
  });
