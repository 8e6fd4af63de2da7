import { idText } from "../kit/members.ts";

const globalId = /^gid:\/\/shopify\/[A-Za-z]+\/([0-9]+)(?:\?.*)?$/;

/** An id of Shopify's, as its number where it is told as GraphQL's API does: https://shopify.dev/docs/api/usage/gids. */
export const shopifyId = idText.transform((id) => globalId.exec(id)?.[1] ?? id);
