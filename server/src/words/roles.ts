/** What the vendor's people are: the owner may do everything, the auditor sees everything and changes nothing. */
export const vendorRoles = ["owner", "finance", "channel", "support", "auditor"] as const;
/** What one of the vendor's people is. */
export type VendorRole = (typeof vendorRoles)[number];

/** What a partner's people are. */
export const partnerRoles = ["owner", "finance", "viewer"] as const;
/** What one of a partner's people is. */
export type PartnerRole = (typeof partnerRoles)[number];

/** Whom a person acts for, and as what. */
export type Duty =
  | { side: "vendor"; role: VendorRole }
  | { side: "partner"; role: PartnerRole; partner: string };

/** How somebody proved who it is: by a mailed code or link, a passkey, the vendor's provider, a link of the command line. */
export type SignInWay = "mail" | "passkey" | "oidc" | "link";
