/** All of a list that is read a page at a time. */
export async function pages<T>(read: (last: T | undefined) => Promise<T[]>, limit: number): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const page = await read(all.at(-1));
    all.push(...page);
    if (page.length < limit) return all;
  }
}
