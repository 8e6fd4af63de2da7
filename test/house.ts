/** The house: every room with the rooms it may import. `test/tidy.test.ts` holds the code to it, ARCHITECTURE.md shows it. */
export type House = Readonly<Record<string, readonly string[]>>;

/** Rooms that know nothing of nouns. */
const ground = ["words", "config", "store", "secrets", "keys", "deps"] as const;
/** What faces are made of. */
const kits = ["messages", "http", "cli", "pages"] as const;
/** What nouns above the partners stand on. */
const channel = [
  ...ground,
  ...kits,
  "attribution",
  "agreements",
  "channel",
  "people",
  "sessions",
  "access",
] as const;
const orders = [...channel, "limits", "tokens", "orders"] as const;

/** Names that stand for several rooms in the table. */
export const groups: House = { ground, kits, "up to channel": channel, "up to orders": orders };

/** The rooms of the server, each with what it may import, from the ground up. */
export const serverRooms: House = {
  words: [],
  messages: ["words"],
  attribution: ["words"],
  ledger: ["words"],
  commission: ["words", "ledger"],
  agreements: ["words"],
  config: ["words", "attribution"],
  store: ["words", "config"],
  http: ["words", "config"],
  cli: ["words", "config"],
  pages: ["words", "config", "messages", "http"],
  secrets: ["words", "config", "store"],
  keys: ["words", "config", "store", "secrets", "http", "cli"],
  deps: ["words", "config", "store", "secrets", "keys", "cli"],
  limits: [...ground],
  outgoing: ["words", "config"],
  events: ["words", "store", "ledger", "secrets"],
  shops: ["words", "config", "secrets", "events"],
  audit: [...ground, ...kits],
  work: [...ground],
  channel: [...ground, ...kits, "agreements"],
  notices: ["words", "store"],
  news: [...ground, ...kits, "channel", "notices"],
  people: [...ground, ...kits, "channel", "notices"],
  sessions: [...ground, ...kits, "people"],
  access: [...ground, ...kits, "limits", "channel", "sessions"],
  outbox: [...channel, "ledger", "outgoing"],
  mail: [...channel, "messages", "notices", "outbox"],
  "sign-in": [...channel, "messages", "limits", "mail", "notices"],
  networks: [...channel, "ledger", "outgoing", "outbox"],
  "partner-details": [...channel, "outbox", "notices"],
  books: [...channel, "ledger", "events", "outbox"],
  receipts: [...ground, "cli", "books"],
  "four-eyes": [...channel],
  adjustments: [...channel, "ledger", "books", "four-eyes"],
  payouts: [...channel, "partner-details", "outbox", "ledger", "books", "notices"],
  tokens: [...channel],
  plans: [...channel, "commission", "ledger", "four-eyes"],
  orders: [...channel, "plans", "commission", "ledger", "events", "books", "tokens", "four-eyes"],
  deals: [...orders, "books"],
  "conflict-rules": [...orders],
  simulations: [...orders, "plans", "commission", "ledger", "outbox", "notices"],
  periods: [...orders, "plans", "commission", "ledger", "books"],
  statements: [...channel, "ledger", "books", "adjustments", "partner-details", "messages", "notices"],
  rewards: [...orders, "plans", "commission", "ledger", "events", "books"],
  disputes: [...orders, "events", "outbox", "payouts", "notices"],
  intake: [...ground, ...kits, "shops", "events", "orders", "receipts"],
  serials: [...orders],
  vouchers: [...orders, "serials"],
  coupons: [...orders],
  "registered-emails": [...orders],
  customers: [...orders, "events"],
  "customer-notices": [...orders, "books", "events", "customers", "mail", "rewards"],
  mandates: [...orders, "customers", "renewal"],
  persons: [...orders, "registered-emails", "mail", "customers", "mandates", "rewards"],
  account: [...orders, "commission", "persons", "registered-emails", "customers", "mandates", "rewards"],
  renewal: [...orders, "messages", "events", "outgoing", "serials", "vouchers"],
  reports: [...orders, "ledger", "events", "books"],
  imports: [...orders, "ledger", "books", "registered-emails", "renewal", "four-eyes"],
  approvals: [...orders, "plans", "four-eyes", "adjustments", "imports"],
  console: [
    ...orders,
    "adjustments",
    "approvals",
    "audit",
    "books",
    "commission",
    "conflict-rules",
    "coupons",
    "customer-notices",
    "customers",
    "deals",
    "disputes",
    "four-eyes",
    "imports",
    "intake",
    "ledger",
    "mail",
    "networks",
    "news",
    "notices",
    "outbox",
    "partner-details",
    "payouts",
    "periods",
    "persons",
    "plans",
    "registered-emails",
    "reports",
    "rewards",
    "serials",
    "shops",
    "simulations",
    "statements",
    "vouchers",
    "work",
  ],
  feed: [...orders, "news"],
  portal: [
    ...orders,
    "messages",
    "notices",
    "news",
    "events",
    "books",
    "plans",
    "periods",
    "commission",
    "customers",
    "deals",
    "rewards",
    "outbox",
    "ledger",
    "mandates",
    "serials",
    "vouchers",
    "coupons",
    "registered-emails",
    "partner-details",
    "payouts",
    "statements",
    "disputes",
  ],
  stamp: ["words", "config", "deps", "channel", "cli", "tokens"],
  backups: [...ground, "cli"],
  downloads: [...ground, ...kits, "tokens", "stamp"],
  tracing: ["words", "store", "http"],
};

/** The room that wires them all, and the package's own index. Nobody imports these. */
export const serverEntrances = ["receiver", "index"];

/** The rooms of the SDK. `testing` is for its own tests and not packed. */
export const sdkRooms: House = {
  protocol: [],
  runtime: [],
  renewal: ["protocol"],
  stamp: ["protocol"],
  documents: ["runtime", "protocol"],
  capture: ["documents", "runtime", "protocol", "stamp"],
  attribution: ["protocol", "runtime", "capture", "documents"],
  receiver: ["protocol", "documents", "runtime", "attribution"],
  client: ["capture", "documents", "protocol", "renewal", "runtime", "attribution", "receiver"],
  prompt: ["client", "renewal", "runtime"],
  testing: ["protocol", "documents", "runtime", "client", "prompt", "index"],
};

/** What the SDK's users import. */
export const sdkEntrances = ["entries", "index"];

/** The rooms of the demo. Its shop and its product know each other by the network alone. */
export const demoRooms: House = {
  addresses: [],
  cast: [],
  "reserve-port": [],
  "licence-notice": [],
  look: ["addresses"],
  site: ["addresses"],
  shop: ["addresses", "look", "licence-notice"],
  receiver: ["addresses", "shop"],
  ways: ["addresses", "cast", "shop", "receiver"],
  product: ["addresses", "cast", "look", "licence-notice", "ways"],
  backstage: ["addresses", "cast", "look", "receiver"],
  history: ["addresses", "cast", "shop", "receiver", "backstage"],
  doors: ["addresses", "cast", "look"],
  demo: ["addresses", "doors", "reserve-port", "site", "shop", "receiver", "ways", "product", "backstage"],
  journey: ["cast", "demo", "doors", "history", "shop", "ways", "backstage", "receiver"],
  arguments: ["journey", "shop", "ways"],
};

/** The demo's program. */
export const demoEntrances = ["main"];

/** The packages with their rooms and entrances. */
export const houses = {
  server: { rooms: serverRooms, entrances: serverEntrances },
  sdk: { rooms: sdkRooms, entrances: sdkEntrances },
  "demo-app": { rooms: demoRooms, entrances: demoEntrances },
} as const;

/** Folders of test/ that span rooms. Every other one is named as the room whose promises it tests. */
export const spanningTests: readonly string[] = [
  "bench",
  "browser",
  "containers",
  "docs",
  "faults",
  "isolation",
  "journey",
  "packages",
  "postgres",
  "protocol-client",
  "recipes",
  "sdk-package",
  "trust",
  "vectors",
];
