/** One transaction of a journal in hledger's format. */
export interface JournalTransaction {
  date: string;
  description: string;
  postings: { account: string; amount: string; currency: string }[];
}

/**
 * Reads the part of hledger's journal format that the export uses, written from its manual
 * (https://hledger.org/hledger.html#journal) and not from the exporter. Throws on anything else, and on an account or a
 * commodity that was not declared.
 */
export function readJournal(text: string): JournalTransaction[] {
  const transactions: JournalTransaction[] = [];
  const declared = new Set<string>();
  for (const [index, line] of text.split("\n").entries()) {
    const directive = /^(?:account (\S+)|commodity (?:\d+\.\d* )?([A-Z]{3}))$/.exec(line);
    const posting = /^ {2,}(\S(?:.*?\S)?) {2,}(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(line);
    const head = /^(\d{4}-\d\d-\d\d) (.+)$/.exec(line);
    if (line === "" || /^[;#*]/.test(line)) continue;
    if (directive) declared.add(directive[1] ?? directive[2] ?? "");
    else if (head?.[1] && head[2]) {
      transactions.push({ date: head[1], description: head[2], postings: [] });
    } else if (posting?.[1] && posting[2] && posting[3]) {
      const [, account, amount, currency] = posting;
      if (!declared.has(account) || !declared.has(currency))
        throw new Error(`line ${index + 1} of the journal names what was not declared: ${line}`);
      transactions.at(-1)?.postings.push({ account, amount, currency });
    } else
      throw new Error(`line ${index + 1} of the journal is neither a transaction nor a posting: ${line}`);
  }
  return transactions;
}

/** Sums of amounts by a name, exact: in millionths, as whole numbers. Sums of zero are left out. */
export function sumBy<T extends { amount: string }>(items: readonly T[], nameOf: (item: T) => string) {
  const sums = new Map<string, bigint>();
  for (const item of items) {
    const name = nameOf(item);
    sums.set(name, (sums.get(name) ?? 0n) + millionths(item.amount));
  }
  return new Map([...sums].filter(([, sum]) => sum !== 0n));
}

function millionths(amount: string): bigint {
  const [whole = "", part = ""] = amount.replace("-", "").split(".");
  const size = BigInt(whole + part.padEnd(6, "0").slice(0, 6));
  return amount.startsWith("-") ? -size : size;
}
