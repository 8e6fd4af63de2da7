import { groupVoucherCode } from "@tallystick/sdk/protocol";
import { expect, it } from "vitest";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openVoucherWorld, type VoucherWorld } from "./voucher-world.ts";

const serial = "PAINT-0001-Q7W3";
const page = "/voucher/north";

async function open({ app }: VoucherWorld, path = page, headers: Record<string, string> = {}) {
  const response = await app.request(path, { headers });
  return { status: response.status, headers: response.headers, html: await response.text() };
}

async function send(
  { app }: VoucherWorld,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  path = page,
) {
  const response = await app.request(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, headers: response.headers, html: await response.text() };
}

const keyOf = (html: string) => /name="key" value="([\w-]{22,64})"/.exec(html)?.[1] ?? "";

onEveryEngine("the voucher page", (bench) => {
  it("exchanges a code for a serial, under the partner's name", async () => {
    const world = await openVoucherWorld(bench);
    await world.fillPool([serial]);
    const { code } = await world.issue();
    const form = await open(world);
    expect(form).toMatchObject({ status: 200 });
    expect(form.html).toContain("North Shop");
    expect(form.html).not.toContain(code);
    const fields = { code: groupVoucherCode(code).toLowerCase(), key: keyOf(form.html) };
    const receipt = await send(world, fields);
    expect(receipt.status).toBe(200);
    expect(receipt.html).toContain(`>${serial}</code>`);
    expect(receipt.html).toContain("Acme Paint");
    // A browser that reloads the answer sends the same form again.
    expect((await send(world, fields)).html).toContain(serial);
    const other = await send(world, { ...fields, key: keyOf((await open(world)).html) });
    expect(other).toMatchObject({ status: 409 });
    expect(other.html).not.toContain(serial);
  });

  it("says what is wrong, keeps what was typed, and keeps the form's key", async () => {
    const world = await openVoucherWorld(bench);
    const { code } = await world.issue();
    const key = keyOf((await open(world)).html);
    const wrong = await send(world, { code: `"><script>${"7".repeat(300)}`, key });
    expect(wrong.status).toBe(404);
    expect(wrong.html).toContain("No voucher has this code");
    expect(wrong.html).toContain('aria-invalid="true"');
    expect(wrong.html).not.toContain('value=""><script>');
    expect(keyOf(wrong.html)).toBe(key);
    expect(await send(world, { code, key })).toMatchObject({ status: 409 });
    expect((await send(world, { code, key })).html).toContain("the voucher stays unused");
    expect(await send(world, {})).toMatchObject({ status: 422 });
    expect(keyOf((await send(world, { key: "short" })).html)).toHaveLength(24);
  });

  it("is there for partners with vouchers alone: all others are one and the same page", async () => {
    const world = await openVoucherWorld(bench);
    await world.partner({ id: "south", name: "South Shop" });
    await world.issue();
    const strangers = ["south", "nobody", "NORTH", "%00", "north%27--", "n".repeat(500)];
    const pages = await Promise.all(strangers.map((one) => open(world, `/voucher/${one}`)));
    expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([404]));
    expect(new Set(pages.map(({ html }) => html)).size).toBe(1);
    const posted = await send(world, { code: "x" }, {}, "/voucher/south");
    expect(posted).toMatchObject({ status: 404, html: pages[0]?.html });
  });

  it("is kept by nobody, framed by nobody, and runs nothing but its own script", async () => {
    const world = await openVoucherWorld(bench);
    await world.issue();
    const { headers, html } = await open(world);
    expect(headers.get("cache-control")).toBe("no-store");
    const policy = headers.get("content-security-policy") ?? "";
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"])
      expect(policy).toContain(part);
    expect(policy).not.toContain("unsafe");
    expect(html).not.toMatch(/ style="| on\w+="/);
  });

  it("turns away a form that another site sends, and takes one of its own", async () => {
    const world = await openVoucherWorld(bench);
    await world.fillPool([serial]);
    const { code } = await world.issue();
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
      { origin: "null" },
    ] as Record<string, string>[]) {
      const { status, html } = await send(world, { code }, headers);
      expect({ headers, status }).toEqual({ headers, status: 403 });
      expect(html).not.toContain(serial);
    }
    const own = { "sec-fetch-site": "same-origin", origin: "https://renew.acme.example" };
    expect(await send(world, { code }, own)).toMatchObject({ status: 200 });
  });

  it("takes a limited number of tries from one address, and says when to come again", async () => {
    const few = { burst: 3, perHour: 60 };
    const world = await openVoucherWorld(bench, { limits: { voucher: { address: few, account: few } } });
    await world.fillPool([serial]);
    const { code } = await world.issue();
    for (let tries = 0; tries < 3; tries++)
      expect(await send(world, { code: "wrong" })).toMatchObject({ status: 404 });
    const refused = await send(world, { code });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.html).not.toContain(serial);
    expect(await world.ask({ product: "acme-paint", code })).toMatchObject({ status: 429 });
    world.pass(1 / 24);
    expect(await send(world, { code })).toMatchObject({ status: 200 });
  });
});
