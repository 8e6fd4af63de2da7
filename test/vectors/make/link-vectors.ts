const receiver = "https://renew.acme.example";
const base = `${receiver}/r/acme-paint`;
const parts = { receiver, product: "acme-paint" };

/** Renewal links, what is read of them, and the shop's address. */
export const makeLinkVectors = () => ({
  about:
    "Write `parts` as `link`; read the query of `link`, and each query of `queries`, as `read`; write `shopUrl` with the product and the licence as `address`. See PROTOCOL.md, sections 4 and 6.",
  vectors: [
    { parts, link: base, read: {} },
    { parts: { ...parts, token: "a.b-c._d" }, link: `${base}?t=a.b-c._d`, read: { token: "a.b-c._d" } },
    {
      parts: { ...parts, licence: "AAAA BBBB+1&x=ü", email: "ada+work@example.com" },
      link: `${base}?l=AAAA%20BBBB%2B1%26x%3D%C3%BC&e=ada%2Bwork%40example.com`,
      read: { licence: "AAAA BBBB+1&x=ü", email: "ada+work@example.com" },
    },
    {
      parts: { ...parts, licence: "!'()*~-_./" },
      link: `${base}?l=!'()*~-_.%2F`,
      read: { licence: "!'()*~-_./" },
    },
    {
      parts: { ...parts, receiver: "https://acme.example/renew//", licence: "A" },
      link: "https://acme.example/renew/r/acme-paint?l=A",
      read: { licence: "A" },
    },
    {
      parts: { ...parts, licence: "a\ud800" },
      link: `${base}?l=a%EF%BF%BD`,
      read: { licence: "a\ufffd" },
    },
    {
      parts: { ...parts, licence: "l".repeat(256), email: "" },
      link: `${base}?l=${"l".repeat(256)}`,
      read: { licence: "l".repeat(256) },
    },
    { parts: { ...parts, licence: "l".repeat(257), email: "e".repeat(321) }, link: base, read: {} },
    { parts: { ...parts, licence: "🎨".repeat(129) }, link: base, read: {} },
    { parts: { ...parts, licence: "a\u0000b", email: "a\u0085b" }, link: base, read: {} },
    { parts: { ...parts, token: "a.b.c\n" }, link: base, read: {} },
    { parts: { ...parts, token: "t".repeat(1025) }, link: base, read: {} },
  ],
  queries: [
    { query: "t=1&t=2&l=&x=9", read: { token: "1" } },
    { query: "l=a+b%20c", read: { licence: "a b c" } },
    { query: "l=%FF", read: { licence: "\ufffd" } },
    { query: "l=a%00b&e=a%0Ab", read: {} },
    { query: `l=${"l".repeat(257)}&e=${"e".repeat(320)}`, read: { email: "e".repeat(320) } },
    { query: `t=${"t".repeat(1025)}`, read: { token: "t".repeat(1025) } },
  ],
  shops: [
    {
      shopUrl: "https://acme.example/renew",
      product: "acme-paint",
      address: "https://acme.example/renew?product=acme-paint",
    },
    {
      shopUrl: "https://acme.example/renew?lang=en&product=x&product=y#top",
      product: "acme-paint",
      licence: "A B/~*",
      address: "https://acme.example/renew?lang=en&product=acme-paint&licence=A+B%2F%7E*#top",
    },
  ],
});
