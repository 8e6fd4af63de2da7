/** Returns the object without its undefined members: zod leaves one for each optional member that was not sent. */
export function absentLeftOut<T extends object>(
  members: T,
): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };
}
