import type { Deps } from "../deps/deps.ts";
import { readCustomerCsv } from "./read-customer-csv.ts";
import { type CustomerReport, type ToldCustomer, tellCustomers } from "./tell-customers.ts";

const entriesPerCommit = 200;
const invalidShown = 100;

/**
 * Keeps a list of customers of any length, for the vendor itself: some hundred rows a commit. What was kept before a row
 * that cannot be read stays so; the same file may be imported again.
 *
 * @throws {Refusal} `request_invalid`
 */
export async function importCustomers(
  deps: Pick<Deps, "store" | "clock" | "hashes" | "config">,
  source: AsyncIterable<Uint8Array>,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<CustomerReport> {
  const total: CustomerReport = { received: 0, kept: 0, invalid: [] };
  let waiting: ToldCustomer[] = [];
  const keep = async () => {
    const report = await tellCustomers(deps, { by: "vendor" }, waiting, { dryRun });
    total.received += report.received;
    total.kept += report.kept;
    total.invalid.push(...report.invalid.slice(0, invalidShown - total.invalid.length));
    waiting = [];
  };
  for await (const entry of readCustomerCsv(source)) {
    waiting.push(entry);
    if (waiting.length === entriesPerCommit) await keep();
  }
  if (waiting.length > 0) await keep();
  return total;
}
