/** The house: every room with the rooms it may import. `test/tidy.test.ts` holds the code to it, ARCHITECTURE.md shows it. */
export type House = Readonly<Record<string, readonly string[]>>;

/** Rooms that know nothing of nouns. */
const ground = ["words", "config", "store", "secrets", "keys", "deps"] as const;
/** What faces are made of. */
const kits = ["http", "cli", "pages"] as const;
/** What nouns above the partners stand on. */
const channel = [...ground, ...kits, "attribution", "agreements", "channel", "access"] as const;
const orders = [...channel, "limits", "tokens", "orders"] as const;

/** Names that stand for several rooms in the table. */
export const groups: House = { ground, kits, "up to channel": channel, "up to orders": orders };

/** The rooms of the server, each with what it may import, from the ground up. */
export const serverRooms: House = {
  words: [],
  attribution: ["words"],
  ledger: ["words"],
  commission: ["words", "ledger"],
  agreements: ["words"],
  config: ["words", "attribution"],
  store: ["words", "config"],
  http: ["words", "config"],
  cli: ["words", "config"],
  pages: ["words", "config", "http"],
  secrets: ["words", "config", "store"],
  keys: ["words", "config", "store", "secrets", "http", "cli"],
  deps: ["words", "config", "store", "secrets", "keys", "cli"],
  limits: [...ground],
  outgoing: ["words", "config"],
  events: ["words", "store", "ledger", "secrets"],
  shops: ["words", "config", "secrets", "events"],
  audit: [...ground, ...kits],
  channel: [...ground, ...kits, "agreements"],
  access: [...ground, ...kits, "channel"],
  outbox: [...channel, "ledger", "outgoing"],
  networks: [...channel, "ledger", "outgoing", "outbox"],
  "partner-details": [...channel, "outbox"],
  books: [...channel, "ledger", "events", "outbox"],
  payouts: [...channel, "partner-details", "outbox", "ledger", "books"],
  tokens: [...channel],
  plans: [...channel, "commission", "ledger"],
  orders: [...channel, "plans", "commission", "ledger", "events", "books", "tokens"],
  intake: [...ground, ...kits, "shops", "events", "orders"],
  serials: [...orders],
  vouchers: [...orders, "serials"],
  coupons: [...orders],
  "registered-emails": [...orders],
  persons: [...orders, "registered-emails"],
  renewal: [...orders, "events", "outgoing", "serials", "vouchers"],
  stamp: ["words", "config", "deps", "channel", "cli", "tokens"],
  backups: [...ground, "cli"],
  downloads: [...ground, ...kits, "tokens", "stamp"],
};

/** The room that wires them all, and the package's own index. Nobody imports these. */
export const serverEntrances = ["receiver", "index"];
