import { z } from "zod";

/**
 * Where the database is. What PostgreSQL's client could not read as an address is refused here, with its place and
 * without repeating it: a password may stand in it.
 */
export const databaseAddress = z
  .string()
  .regex(/^(sqlite:(?!:memory:)[^\0]+|postgres(ql)?:\/\/[^\0]+)$/, "expected sqlite:PATH or postgres://…")
  .refine(
    isReadable,
    "expected postgres://USER:PASSWORD@HOST:PORT/DATABASE, its port at most 65535, and %2F, %3A, %40 for / : @ in a password",
  );

/** Whether `pg` can read it: what stands before a socket's folder, given as `?host=`, may be empty; stray signs are encoded. */
function isReadable(address: string): boolean {
  if (!address.startsWith("postgres")) return true;
  const base = "postgres://base";
  try {
    const isStray = / |%(?![a-f0-9]{2})/i.test(address);
    const text = isStray ? encodeURI(address).replaceAll(/%25(?=\d\d)/g, "%") : address;
    const url = URL.parse(text, base) ?? new URL(text.replace("@/", "@socket/"), base);
    for (const part of [url.username, url.password, url.hostname, url.pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
