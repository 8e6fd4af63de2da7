/** Whether it waits for a second person, was done once one approved it, or was refused by one. */
export const requestStatuses = ["pending", "booked", "refused"] as const;
/** One of a request's states. */
export type RequestStatus = (typeof requestStatuses)[number];
