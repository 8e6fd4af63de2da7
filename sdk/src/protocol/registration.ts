/** Where a licence is bound to the partner of its token, below the receiver's address. */
export const registrationPath = "/v1/registrations";

/** Where a receiver gives a sign of life, below its address. */
export const healthPath = "/healthz";

/** The JSON body of a registration. Unknown members are refused. */
export interface RegistrationRequest {
  product: string;
  licence: string;
  token: string;
}

/** `bound`: by this request; `already_bound`: the same partner before; `conflict`: another partner keeps it. */
export const bindingStatuses = ["bound", "already_bound", "conflict"] as const;

/** How a registration ended at the receiver. */
export type BindingStatus = (typeof bindingStatuses)[number];

/** The binding that stands after a registration; the first writer wins. */
export interface RegistrationAnswer {
  product: string;
  /** The partner the licence is bound to, which in a conflict is not the token's. */
  partner: string;
  status: BindingStatus;
  /** When the standing binding was made, ISO 8601 in UTC. */
  boundAt: string;
}
