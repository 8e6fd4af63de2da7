import { AsyncLocalStorage } from "node:async_hooks";

/** Who does something, and what: a person at the command line, or whoever holds a key. */
export interface Deed {
  /** `cli:USER` or `key:ID`. */
  actor: string;
  /** The command's words, or the route. */
  action: string;
  /** What it is about: an id, never a secret. */
  subject: string | undefined;
  /** Set once the deed stands in the audit. */
  recorded: boolean;
}

const deeds = new AsyncLocalStorage<Deed>();

/** Runs work as somebody's deed: the first change that it makes is recorded with who made it. */
export const asDeed = <T>(deed: Omit<Deed, "recorded">, work: () => T): T =>
  deeds.run({ ...deed, recorded: false }, work);

/** The deed that is being done; nothing where nobody but the receiver itself acts. */
export const currentDeed = (): Deed | undefined => deeds.getStore();

/** Runs work as the deed that it belongs to, though whoever runs it just now may be doing another: a batch is several people's. */
export const withinDeed = <T>(deed: Deed | undefined, work: () => T): T =>
  deed === undefined ? deeds.exit(work) : deeds.run(deed, work);

/** Runs work that is nobody's deed, though somebody's request set it off. */
export const outsideDeeds = <T>(work: () => T): T => deeds.exit(work);

/** Says what the deed is about, where only the shell knows: the id of something new. */
export function nameSubject(subject: string): void {
  const deed = deeds.getStore();
  if (deed !== undefined) deed.subject = subject;
}

/** Who acts, for a row that keeps it: `receiver` where nobody but the receiver itself does. */
export const currentActor = (): string => deeds.getStore()?.actor ?? "receiver";
