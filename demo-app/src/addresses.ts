/** Where the three halves of the demo listen, without a slash at the end. */
export interface Addresses {
  receiver: string;
  product: string;
  shop: string;
}
