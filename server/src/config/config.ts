import type { ConflictRule } from "../attribution/conflict-rule.ts";
import type { Policy } from "../attribution/evidence.ts";
import type { ProductId, ShopName } from "../words/ids.ts";
import type { AdjustmentsConfig } from "./adjustments-config.ts";
import type { ApprovalsConfig } from "./approvals-config.ts";
import type { Brand } from "./brand-config.ts";
import type { DisputesConfig } from "./disputes-config.ts";
import type { LimitScope, ScopeLimits } from "./limits-config.ts";
import type { MailConfig } from "./mail-config.ts";
import type { NetworkConfig } from "./network-config.ts";
import type { OutboxConfig } from "./outbox-config.ts";
import type { PayoutsConfig } from "./payouts-config.ts";
import type { ConsentConfig } from "./registered-emails-config.ts";
import type { SecretSource } from "./secret-source.ts";
import type { ShopConfig } from "./shop-config.ts";
import type { SignInConfig } from "./sign-in-config.ts";
import type { StatementsConfig, VendorConfig } from "./statements-config.ts";
import type { TrustConfig } from "./trust-config.ts";

/** A product whose renewals the receiver handles. */
export interface ProductConfig {
  /** Stands in links and tokens. */
  id: ProductId;
  /** What people are shown. */
  name: string;
  /** Where renewal links lead. */
  checkout: {
    /** The shop whose checkout it is. */
    shop: ShopName;
    /** Has the placeholder `{reference}`, and may have `{email}`, `{licence}` and `{product}`. */
    url: string;
  };
  /** Files that `/d/{product}/{partner}` hands out stamped, absolute; the first is the one of that address. */
  installers: readonly string[];
  /** Whether spaces, dashes and case matter in a licence of it: not in a loose one. */
  licence: "exact" | "loose";
}

/** The configuration, checked and with every path absolute. Secrets are still only named: commands that need none run without. */
export interface Config {
  /** The file it came from, absolute. */
  file: string;
  /** The receiver's own public address, without a slash at the end; `iss` of its tokens. */
  issuer: string;
  /** Where the receiver listens. Port 0 has the system choose one. */
  listen: {
    host: string;
    port: number;
    /** Addresses and ranges of proxies whose X-Forwarded-For is believed. */
    trustedProxies: readonly string[];
  };
  /** Where it keeps everything: a file, by its absolute path, or a PostgreSQL database, by its URL. */
  database:
    | { engine: "sqlite"; path: string }
    /** `connections`: the most for work; the store's own default where the file says nothing. */
    | { engine: "postgres"; url: string; connections?: number };
  /** Folder of the private keys and the pepper, absolute. */
  keysFolder: string;
  /** The key of the admin's routes. */
  adminToken: SecretSource;
  /** Key of the e-mail and licence hashes. */
  pepper: SecretSource;
  /** The pepper that was in force before. */
  formerPepper: SecretSource | undefined;
  /** By their ids. */
  products: ReadonlyMap<ProductId, ProductConfig>;
  /** Which product a shop's article means, by `SHOP ARTICLE`. */
  articles: ReadonlyMap<string, ProductId>;
  /** By their names; their secrets are only named. */
  shops: ReadonlyMap<ShopName, ShopConfig>;
  /** Affiliate networks by their ids; their secrets are only named. */
  networks: ReadonlyMap<string, NetworkConfig>;
  /** How it is decided who earned an order. */
  policy: Policy;
  /** All rules on conflicts of the configuration; those that are on stand in `policy` too. */
  conflictRules: readonly ConflictRule[];
  /** How long a click's reference counts for a purchase, in days of 24 hours. */
  referenceDays: number;
  /** Commission of a partner that was added without a percentage, in basis points. */
  defaultRateBp: number;
  /** Whether buyers' addresses are kept, sealed. */
  customers: { fromOrders: boolean; renewalNoticeDays: readonly number[] };
  /** Within how many working days a deal is decided, and how long an accepted one protects. */
  deals: { decideWithinDays: number; protectedDays: number };
  /** How long a credit is held before it is payable, in days of 24 hours. */
  holdDays: number;
  /** Where a renewal link of an unknown product leads, in its usual spelling; none when a page says so. */
  fallbackUrl: string | undefined;
  /** Addresses that the receiver had before; its tokens carry them still. */
  formerIssuers: readonly string[];
  /** How long, and how many, rows are kept that a public link fills. */
  retention: { clicksDays: number; registrationsDays: number; clicksPerTokenAndHour: number };
  /** How many downloads may be open at once. */
  downloads: { inAll: number; ofOneAddress: number };
  /** How long requests are served after the signal to stop; undefined leaves it to whoever runs the receiver. */
  drainSeconds: number | undefined;
  /** Where `/metrics` is served when it is not served beside the rest. */
  metricsListen: { host: string; port: number } | undefined;
  /** Where traces are sent, whole, and the share of them from 0 to 1; undefined where none are. */
  telemetry: { otlp: string; share: number } | undefined;
  /** How often callers may try what could be guessed. */
  limits: Readonly<Record<LimitScope, ScopeLimits>>;
  /** How often licences may be registered, and the vendor's own licence system; the suspicions stand in `policy`. */
  trust: Omit<TrustConfig, "suspicions">;
  /** What people may book by hand, and above which amounts a second one approves. */
  adjustments: AdjustmentsConfig;
  /** Whose the admin token and the machine's accounts are, where money needs two people. */
  approvals: ApprovalsConfig;
  /** How accounts with partners are numbered, and when they are due. */
  statements: StatementsConfig;
  /** Who the vendor is before the law. */
  vendor: VendorConfig;
  /** What customers agree to when a partner registers their address. */
  consents: readonly ConsentConfig[];
  /** How what is told to partners and networks is sent. */
  outbox: OutboxConfig;
  /** How mail is sent, its folder absolute; undefined where none is sent. */
  mail: MailConfig | undefined;
  /** How people sign in. The provider's secret is only named. */
  signIn: SignInConfig;
  /** How partners are paid. */
  payouts: PayoutsConfig;
  /** How contested decisions are dealt with. */
  disputes: DisputesConfig;
  /** The vendor's name and colour on the pages that customers see. */
  brand: Brand;
}
