import { noteDeskDigests } from "../../console/digests.ts";
import { noteRenewals, renewalGates } from "../../customer-notices/renewal-notices.ts";
import { runServiceNotices } from "../../customer-notices/write-letters.ts";
import type { Deps } from "../../deps/deps.ts";
import { openCourier } from "../../mail/courier.ts";
import { sendDueMail } from "../../mail/send-due.ts";
import { noticeGates, tellNotices } from "../../mail/tell-notices.ts";
import { isBuyer } from "../../persons/rows/persons.ts";
import { noteDigests } from "../../portal/digests.ts";
import { signInGates } from "../../sign-in/gates.ts";
import { type Repetition, repeat } from "./repeating.ts";

const pauseMilliseconds = 1_000;
const digestPauseMilliseconds = 15 * 60_000;

/** Sends mail again and again, as the configuration says how; undefined where it says nothing. */
export async function startMail(deps: Deps, password: string | undefined): Promise<Repetition | undefined> {
  const { config, log } = deps;
  if (config.mail === undefined) return undefined;
  const { issuer, brand } = config;
  const courier = await openCourier({ config: config.mail, issuer, brand, password });
  const gates = { ...noticeGates, ...signInGates(isBuyer), ...renewalGates(deps) };
  const sending = repeat(
    async () => {
      await tellNotices(deps);
      await runServiceNotices(deps);
      await sendDueMail(deps, { courier, gates });
    },
    {
      pause: pauseMilliseconds,
      onError: (error) => log.error("server.failed", { cause: "mail" }, error),
    },
  );
  const summing = repeat(
    async () => {
      await noteDigests(deps);
      await noteDeskDigests(deps);
      await noteRenewals(deps);
    },
    {
      pause: digestPauseMilliseconds,
      onError: (error) => log.error("server.failed", { cause: "digests" }, error),
    },
  );
  return {
    stop: async () => {
      await Promise.all([sending.stop(), summing.stop()]);
      courier.close();
    },
  };
}
