import type { Deps } from "../deps/deps.ts";
import { type CsvDefaults, readEmailCsv } from "./read-email-csv.ts";
import { type EmailEntry, type RegistrationReport, registerEmails } from "./register-emails.ts";

const entriesPerCommit = 500;
const invalidShown = 100;

/**
 * Registers a file of any length, for the vendor itself: some hundred rows a commit, and nothing but those in memory.
 * What was registered before a row that cannot be read stays so; the same file may be imported again.
 *
 * @throws {Refusal} `request_invalid`, `partner_unknown`, `partner_ended`
 */
export async function importEmails(
  deps: Deps,
  source: AsyncIterable<Uint8Array>,
  options: CsvDefaults & { partner: string; dryRun: boolean },
): Promise<RegistrationReport> {
  const { partner, dryRun, ...defaults } = options;
  const total: RegistrationReport = { received: 0, registered: 0, invalid: [] };
  const register = async (entries: readonly EmailEntry[]) => {
    const report = await registerEmails(
      deps,
      { partner, origin: "import", unlimited: true, dryRun },
      entries,
    );
    total.received += report.received;
    total.registered += report.registered;
    total.invalid.push(...report.invalid.slice(0, invalidShown - total.invalid.length));
  };
  let waiting: EmailEntry[] = [];
  for await (const entry of readEmailCsv(source, defaults)) {
    waiting.push(entry);
    if (waiting.length < entriesPerCommit) continue;
    await register(waiting);
    waiting = [];
  }
  await register(waiting);
  return total;
}
