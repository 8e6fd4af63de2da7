import { routePath } from "hono/route";
import { asDeed } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { Guards } from "../http/app.ts";
import { type AppContext, bearerOf } from "../http/app-env.ts";
import { clientAddressOf } from "../http/client-address.ts";
import type { Bearer } from "../http/route.ts";
import { chargeAttempt } from "../limits/limit-attempt.ts";
import { Refusal } from "../words/refusal.ts";
import { adminGuard } from "./admin-guard.ts";
import { partnerGuard } from "./partner-guard.ts";
import { peopleGuard } from "./people-guard.ts";

type Guard = ReturnType<Guards>;

/** Makes a guard for each kind of caller. Who presents a wrong bearer is logged, and waits for the answer. */
export function createGuards(deps: Deps, adminToken: string): Guards {
  const bearers: Record<Bearer, Guard> = {
    admin: slowing(
      deps,
      "admin",
      recorded(adminGuard(adminToken), () => "key:admin"),
    ),
    partner: slowing(
      deps,
      "partner",
      recorded(partnerGuard(deps), (c) => `key:${c.get("holder").keyId}`),
    ),
  };
  return (who) => {
    if (typeof who === "string") return bearers[who];
    const signedIn = recorded(peopleGuard(deps, who), (c) => c.get("person")?.actor ?? "customer");
    const { bearer } = who;
    if (bearer === undefined) return signedIn;
    return (c, next) => (bearerOf(c) === undefined ? signedIn(c, next) : bearers[bearer](c, next));
  };
}

/** What is changed behind a guard is the deed of whoever it let past. */
const recorded =
  (guard: Guard, actorOf: (c: AppContext) => string): Guard =>
  (c, next) =>
    guard(c, () => {
      const ids = Object.values(c.req.param()).filter((id) => id !== undefined);
      const action = `${c.req.method} ${routePath(c, -1)}`;
      return asDeed({ actor: actorOf(c), action, subject: ids.join(" ") || undefined }, next);
    });

/** No key is guessed at any pace; the wait only keeps who tries from filling log and processor. */
const wrongBearerMilliseconds = 250;
/** Of who tries again and again, counted in the database for all processes. */
const manyWrongBearersMilliseconds = 1_000;

/** Has a wrong bearer logged, counted and wait for its answer, which says the same however many there were. */
function slowing(deps: Deps, whose: Bearer, guard: Guard): Guard {
  const addressOf = clientAddressOf(deps.config.listen.trustedProxies);
  return async (c, next) => {
    let passed = false;
    try {
      return await guard(c, () => {
        passed = true;
        return next();
      });
    } catch (error) {
      if (!passed && error instanceof Refusal && bearerOf(c) !== undefined) {
        const many = await countWrong(deps, { address: addressOf(c), account: whose });
        deps.log.warn("request.unauthorized", { method: c.req.method, route: routePath(c, -1), many });
        const pause = many ? manyWrongBearersMilliseconds : wrongBearerMilliseconds;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
      throw error;
    }
  };
}

/** Whether there were more wrong ones than the limit grants. A database that does not answer changes no answer. */
const countWrong = (deps: Deps, caller: { address: string; account: string }): Promise<boolean> =>
  chargeAttempt(deps, { scope: "bearer", ...caller }).then(
    ({ allowed }) => !allowed,
    () => false,
  );
