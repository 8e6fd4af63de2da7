/** The same members without those that are undefined, as zod leaves optional ones that were not sent. */
export function absentLeftOut<T extends object>(
  members: T,
): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };
}
