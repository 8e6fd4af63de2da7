/**
 * What the configuration's schemas use of zod, for accepting alone: each schema takes a value and returns it with its
 * defaults filled in, or nothing. Building zod's own costs a command more than all the rest that it does before its work,
 * so the commands' build (`bundle-commands.ts`) puts this in zod's place where a file is read. What is not accepted here
 * zod judges, and its words are told; so this may be narrower than zod and never wider. `accepting.test.ts` holds both to that.
 */

const refused = Symbol("refused");

/** Neither accepted nor refused: zod knows. Thrown, so that no union takes its next branch for it. */
class Unsure extends Error {}

type Take = (value: unknown) => unknown;
type Members = Readonly<Record<string, Accepting>>;
/** What a check may call when something is wrong. */
interface Context {
  addIssue(issue: object): void;
}

class Accepting {
  /** Returns the value as zod would, or `refused`. */
  readonly take: Take;
  constructor(take: Take) {
    this.take = take;
  }

  safeParse(value: unknown): { success: true; data: unknown } | { success: false } {
    try {
      const data = this.take(value);
      return data === refused ? { success: false } : { success: true, data };
    } catch (error) {
      if (error instanceof Unsure) return { success: false };
      throw error;
    }
  }

  /** For what this program itself gives, and its tests have shown to zod. */
  parse(value: unknown): unknown {
    const result = this.safeParse(value);
    if (!result.success) throw new Error("what this program gives is not what its schema says");
    return result.data;
  }

  refine(holds: (value: never) => unknown): Accepting {
    return this.checked((value) => Boolean(holds(value as never)));
  }

  superRefine(check: (value: never, context: Context) => void): Accepting {
    return this.checked((value) => {
      let isRight = true;
      check(value as never, {
        addIssue: () => {
          isRight = false;
        },
      });
      return isRight;
    });
  }

  regex(pattern: RegExp): Accepting {
    return this.checked((value) => {
      pattern.lastIndex = 0;
      return pattern.test(value as string);
    });
  }

  min(least: number): Accepting {
    return this.checked((value) => sizeOf(value) >= least);
  }

  max(most: number): Accepting {
    return this.checked((value) => sizeOf(value) <= most);
  }

  /** zod compares digits; a division that is whole in binary as well is so in digits. */
  multipleOf(step: number): Accepting {
    return this.checked((value) => Number.isInteger((value as number) / step) || unsure());
  }

  optional(): Accepting {
    return new Accepting((value) => (value === undefined ? this.takeAbsent() : this.take(value)));
  }

  nullable(): Accepting {
    return new Accepting((value) => (value === null ? null : this.take(value)));
  }

  nullish(): Accepting {
    return this.nullable().optional();
  }

  default(usual: unknown): Accepting {
    return new WithDefault((value) => (value === undefined ? copyOf(usual) : this.take(value)));
  }

  prefault(usual: unknown): Accepting {
    return new WithDefault((value) => this.take(value === undefined ? copyOf(usual) : value));
  }

  describe(): this {
    return this;
  }

  meta(): this {
    return this;
  }

  /** What stands where an optional member is left out. */
  protected takeAbsent(): unknown {
    return undefined;
  }

  private checked(holds: Take): Accepting {
    return new Accepting((value) => {
      const taken = this.take(value);
      return taken !== refused && holds(taken) === true ? taken : refused;
    });
  }
}

class WithDefault extends Accepting {
  protected override takeAbsent(): unknown {
    return this.take(undefined);
  }
}

const unsure = (): never => {
  throw new Unsure();
};

const when = (holds: (value: unknown) => boolean) =>
  new Accepting((value) => (holds(value) ? value : refused));

/** Numbers are compared by themselves, texts and lists by their length. */
const sizeOf = (value: unknown): number =>
  typeof value === "number" ? value : (value as { length: number }).length;

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...value];
  return typeof value === "object" && value !== null ? { ...value } : value;
}

/** What JSON makes of braces; of anything else zod decides. */
function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return (
    (Object.getPrototypeOf(value) === Object.prototype && !Object.hasOwn(value, "__proto__")) || unsure()
  );
}

const isText = (value: unknown): value is string => typeof value === "string";

/** A text. */
export const string = () => when(isText);
/** A finite number. */
export const number = () => when(Number.isFinite);
/** A whole number that is exact. */
export const int = () => when(Number.isSafeInteger);
/** True or false. */
export const boolean = () => when((value) => typeof value === "boolean");
/** This value alone. */
export const literal = (only: unknown) => when((value) => value === only);
const nothing = () => literal(null);
const enumOf = (names: readonly unknown[]) => when((value) => names.includes(value));

export { enumOf as enum, nothing as null };

/** An address as it is written plainly; zod trims and mends others. */
export const url = ({ protocol }: { protocol: RegExp }) =>
  when((value) => {
    if (!isText(value)) return false;
    if (!/^[a-z]+:\/\/[!-~]+$/.test(value)) return unsure();
    const parsed = URL.parse(value);
    return (parsed !== null && protocol.test(parsed.protocol.slice(0, -1))) || unsure();
  });

/** Days as ISO 8601 writes them. */
export const iso = {
  date: () =>
    when((value) => {
      if (!isText(value)) return false;
      const day = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
      const isDay = day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
      return isDay || unsure();
    }),
};

/** A list of such items. */
export const array = (item: Accepting) =>
  new Accepting((value) => {
    if (!Array.isArray(value)) return refused;
    const list: unknown[] = [];
    for (const each of value) {
      const taken = item.take(each);
      if (taken === refused) return refused;
      list.push(taken);
    }
    return list;
  });

/** An object with such names and members. */
export const record = (key: Accepting, item: Accepting) =>
  new Accepting((value) => {
    if (!isObject(value)) return refused;
    const made: Record<string, unknown> = {};
    for (const [name, each] of Object.entries(value)) {
      const taken = key.take(name) === refused ? refused : item.take(each);
      if (taken === refused) return refused;
      made[name] = taken;
    }
    return made;
  });
/** The same: no name need be there. */
export const partialRecord = (key: Accepting, item: Accepting) => record(key, item);

const objectOf = (members: Members, { strict }: { strict: boolean }) => {
  const names = Object.keys(members);
  return new Accepting((value) => {
    if (!isObject(value)) return refused;
    if (strict && Object.keys(value).some((name) => !Object.hasOwn(members, name))) return refused;
    const made: Record<string, unknown> = {};
    for (const name of names) {
      const taken = members[name]?.take(value[name]);
      if (taken === refused) return refused;
      if (taken !== undefined || name in value) made[name] = taken;
    }
    return made;
  });
};
/** An object with these members and no others. */
export const strictObject = (members: Members) => objectOf(members, { strict: true });
/** An object with these members; others are left out. */
export const object = (members: Members) => objectOf(members, { strict: false });

/** The first of these that takes the value. */
export const union = (branches: readonly Accepting[]) =>
  new Accepting((value) => {
    for (const branch of branches) {
      const taken = branch.take(value);
      if (taken !== refused) return taken;
    }
    return refused;
  });
/** The same: only one of these can take it. */
export const discriminatedUnion = (_name: string, branches: readonly Accepting[]) => union(branches);

/** A schema that is made when it is first asked, such as one that has itself in it. */
export const lazy = (make: () => Accepting) => {
  let made: Accepting | undefined;
  return new Accepting((value) => {
    made ??= make();
    return made.take(value);
  });
};
