import { type AppContext, requestHeader } from "../http/app-env.ts";

/** The token of `Authorization: Bearer …` (RFC 6750, section 2.1). */
export const bearerOf = (c: AppContext): string | undefined =>
  /^Bearer +([!-~]+) *$/i.exec(requestHeader(c, "authorization") ?? "")?.[1];
