import type { Sharing } from "../agreements/agreement.ts";
import type { Hashes } from "../secrets/hashes.ts";
import type { Instant } from "../words/clock.ts";
import type { NetworkAdapters, OutboxAdapter, OutboxDestination } from "./adapter.ts";
import type { DestinationRow } from "./rows/schema.ts";
import { webhookAdapter } from "./webhook-adapter.ts";
import { openWebhookSecret } from "./webhook-secret.ts";

/** A destination's row, opened for its adapter. Throws when its secret was sealed with another pepper. */
export function openDestination(
  row: DestinationRow & { sharing: Sharing },
  hashes: Hashes,
  now: Instant,
): OutboxDestination {
  const isPreviousInUse = row.previous_until !== null && row.previous_until > now;
  const sealed = [row.secret, isPreviousInUse ? row.previous_secret : null];
  return {
    id: row.id,
    partner: row.partner_id,
    sharing: row.sharing,
    url: row.url,
    secrets: sealed.flatMap((one) => (one === null ? [] : [openWebhookSecret(one, row.id, hashes)])),
    settings: JSON.parse(row.settings) as Record<string, string>,
  };
}

/** The adapter that speaks to a destination; nothing for a network that is not configured any more. */
export const adapterOf = (row: DestinationRow, networks: NetworkAdapters): OutboxAdapter | undefined =>
  row.network === null ? webhookAdapter : networks.get(row.network);
