/** Where a licence is bound to the partner of its token, below the receiver's address. */
export const registrationPath = "/v1/registrations";

/** Where a receiver gives a sign of life, below its address. */
export const healthPath = "/healthz";

/** The JSON body of a registration. Unknown members are refused. */
export interface RegistrationRequest {
  /** The product's id. */
  product: string;
  /** The licence's id, as the product knows it. */
  licence: string;
  /** The attribution token of the copy. */
  token: string;
  /** When the licence ends, ISO 8601, where the product tells it. */
  expiresAt?: string | undefined;
}

/** `bound`: by this request; `already_bound`: the same partner before; `conflict`: another partner keeps it. */
export const bindingStatuses = ["bound", "already_bound", "conflict"] as const;

/** How a registration ended at the receiver. */
export type BindingStatus = (typeof bindingStatuses)[number];

/** The binding that stands after a registration; the first writer wins. */
export interface RegistrationAnswer {
  /** The product's id, as in the request. */
  product: string;
  /** The partner the licence is bound to, which in a conflict is not the token's. */
  partner: string;
  /** How the request ended: see `bindingStatuses`. */
  status: BindingStatus;
  /** When the standing binding was made, ISO 8601 in UTC. */
  boundAt: string;
  /** The partner's display name, for the product to name who sold the copy. Never in a conflict. */
  partnerName?: string;
}

/** A partner's display name: any script, no control or invisible direction characters. */
export const partnerNamePattern = /^[^\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]{1,200}$/u;

/** The JSON body of a registration by serial: the product was activated with it and carries no token. */
export interface SerialRegistrationRequest {
  /** The product's id. */
  product: string;
  /** As it was typed: the receiver takes case, spaces and hyphens for what they are. At most 128 characters. */
  serial: string;
  /** What the product calls its licence; the serial itself by default. */
  licence?: string | undefined;
  /** When the licence ends, ISO 8601, where the product tells it. */
  expiresAt?: string | undefined;
}

/** The longest serial, as it was typed. */
export const maxSerialLength = 128;

/** `unassigned`: the activation was noted; it counts for whoever the serial's batch is assigned to later. */
export const serialStatuses = [...bindingStatuses, "unassigned"] as const;

/** How a registration by serial ended at the receiver. */
export type SerialStatus = (typeof serialStatuses)[number];

/** The binding that stands after a registration by serial; the first licence of a serial keeps it. */
export interface SerialRegistrationAnswer {
  /** The product's id, as in the request. */
  product: string;
  /** Null when the serial's batch is not assigned to anybody. */
  partner: string | null;
  /** How the request ended: see `serialStatuses`. */
  status: SerialStatus;
  /** When the standing binding was made, ISO 8601 in UTC. */
  boundAt: string;
  /** The partner's display name. Never in a conflict, nor without a partner. */
  partnerName?: string;
  /** The partner's token, for the SDK to keep. Never in a conflict, nor without a partner. */
  token?: string;
}
