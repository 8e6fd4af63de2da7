import { type Coupon, listCoupons } from "../../coupons/coupons.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { pageRoute } from "../../http/page-route.ts";
import { invitationOf } from "../../mandates/invitation.ts";
import { pathOf } from "../../pages/address.ts";
import { copyField } from "../../pages/copy-field.ts";
import { type Html, html, trusted } from "../../pages/html.ts";
import { card } from "../../pages/parts.ts";
import { qrCodeSvg } from "../../pages/qr-code.ts";
import { table } from "../../pages/table.ts";
import { summariseEmails } from "../../registered-emails/summarise-emails.ts";
import { listVoucherBatches } from "../../vouchers/batches.ts";
import { instant } from "../../words/clock.ts";
import { everyone, type PortalFace, portalFace, portalPage } from "./portal-face.ts";

const show = pageRoute({
  who: everyone,
  operationId: "showSelling",
  method: "get",
  path: "/portal/selling",
  summary: "What a partner hands to customers so that their purchases count for her",
});

const atMost = 200;

/** The page of a partner's ways of selling. */
export function addSellingPage(app: App, deps: Deps): void {
  app.serve(show, async (c) => {
    const face = await portalFace(deps, c);
    const { partner } = face.person;
    const [coupons, vouchers, addresses] = await Promise.all([
      listCoupons(deps, { partner, limit: atMost }),
      listVoucherBatches(deps, { partner, limit: atMost }),
      summariseEmails(deps, partner),
    ]);
    const { say, number } = face.speech;
    return portalPage(deps, face, {
      title: say("nav_selling"),
      lead: say("selling_lead"),
      copies: true,
      content: html`<div class="grid">${downloads(deps, face)}${couponCard(face, coupons.coupons)}${card({
        title: say("invitation"),
        lead: say("invitation_text"),
        wide: true,
        content: copyField(face.speech, {
          id: "invitation",
          label: say("invitation"),
          value: invitationOf(deps, partner).url,
        }),
      })}${listCard(
        say("vouchers"),
        say("vouchers_none"),
        [say("batch"), say("product"), say("left"), say("valid_until")],
        vouchers.batches.map(({ batch, product, left, expiresAt }) => [
          batch,
          product,
          number(left),
          expiresAt === null ? say("no_end") : face.speech.day(instant(Date.parse(expiresAt))),
        ]),
      )}${listCard(
        say("addresses"),
        say("addresses_none"),
        [say("product"), say("counting"), say("ended")],
        addresses.map(({ product, counting, ended }) => [
          product ?? say("all_products"),
          number(counting),
          number(ended),
        ]),
      )}</div>`,
    });
  });
}

function downloads({ config }: Deps, { person, speech }: PortalFace): Html {
  const { say } = speech;
  const all = [...config.products.values()].filter(({ installers }) => installers.length > 0);
  return card({
    title: say("downloads"),
    lead: all.length > 0 ? say("downloads_text") : undefined,
    wide: true,
    content:
      all.length === 0
        ? html`<p>${say("downloads_none")}</p>`
        : html`${all.map(({ id, name }) => {
            const address = `${config.issuer}${pathOf("d", id, person.partner)}`;
            return html`${copyField(speech, { id: `download-${id}`, label: name, value: address })}<details><summary>${say("qr")}</summary>${trusted(qrCodeSvg(address, "QR"))}</details>\n`;
          })}`,
  });
}

function couponCard({ speech }: PortalFace, coupons: readonly Coupon[]): Html {
  const { say, day } = speech;
  return listCard(
    say("coupons"),
    say("coupons_none"),
    [say("coupon"), say("product"), say("valid_until"), say("state")],
    coupons.map(({ code, products, validUntil, status }) => [
      code,
      products?.join(", ") ?? say("all_products"),
      validUntil === null ? say("no_end") : day(instant(Date.parse(validUntil))),
      say(`coupon_${status}`),
    ]),
  );
}

const listCard = (
  title: string,
  none: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Html =>
  card({
    title,
    wide: true,
    content: rows.length === 0 ? html`<p>${none}</p>` : table({ caption: title, columns, rows }),
  });
