import type { Engine } from "../query.ts";
import type { Definition } from "./ddl.ts";

const what = "a payment file that left stays as it was";

const triggers: Record<Engine, string[]> = {
  sqlite: [
    `create trigger payout_batches_keep_file before update of file_hash on payout_batches
      when old.file_hash is not null and new.file_hash is not old.file_hash
      begin select raise(abort, '${what}'); end`,
  ],
  postgres: [
    `create trigger payout_batches_keep_file before update of file_hash on payout_batches for each row
      when (old.file_hash is not null and new.file_hash is distinct from old.file_hash)
      execute function refuse_row('${what}')`,
    "alter table payout_batches enable always trigger payout_batches_keep_file",
  ],
};

/** Which file a batch left as, by its SHA-256; null of those that left before this was kept. */
export const payoutFiles: Definition = ({ engine, text }) => [
  `alter table payout_batches add column file_hash ${text}`,
  ...triggers[engine],
];
