import type { VendorRole } from "../../../words/roles.ts";
import { vendorRoles } from "../../../words/roles.ts";
import type { Desk } from "./desk.ts";

/** Sees everything. */
export const readers: readonly VendorRole[] = vendorRoles;
/** Rules on orders, and thereby on money. */
export const rulers: readonly VendorRole[] = ["owner", "finance", "channel"];
/** Says who partners are, what they hand out and what they are paid. */
export const planners: readonly VendorRole[] = ["owner", "channel"];
/** Sends money on its way. */
export const payers: readonly VendorRole[] = ["owner", "finance"];
/** Says who may sign in, and what signs tokens. */
export const owners: readonly VendorRole[] = ["owner"];
/** Decides what partners contest. */
export const answerers: readonly VendorRole[] = ["owner", "channel", "support"];
/** Keeps the machine running, and does what customers may ask for. */
export const keepers: readonly VendorRole[] = ["owner", "support"];
/** Sets off what takes long and moves no money by itself. */
export const workers: readonly VendorRole[] = ["owner", "finance", "channel", "support"];

/** What stands in a path. */
export type Params = Readonly<Record<string, string>>;

/** Shows a page, or does something and says where to go. */
export type Show = (desk: Desk, params: Params) => Promise<Response>;

/** A page of the console with who may open it. `fresh` asks for a sign-in of a short while ago. */
export type ConsoleRoute = readonly [
  method: "get" | "post",
  path: string,
  roles: readonly VendorRole[],
  show: Show,
  fresh?: "fresh" | undefined,
];

/** Whether the person at the desk is one of those who may: what somebody may not do is not offered. */
export const may = ({ person }: Desk, roles: readonly VendorRole[]): boolean =>
  roles.some((role) => role === person.role);
