import type { ReadyNetworkKind } from "../../server/src/config/network-config.ts";
import type { OutboxMessage } from "../../server/src/outbox/adapter.ts";

type Effect = Exclude<OutboxMessage["kind"], "notice">;

const lines = (...texts: string[]) => texts.join("\n");

/** Each call as it arrives: where it was to go, then request line, headers that matter, an empty line and the body. */
export const arrivingCalls: readonly (readonly [ReadyNetworkKind, Effect, string, string])[] = [
  [
    "impact",
    "convert",
    "https://api.impact.com",
    lines(
      "POST /Advertisers/SID1/Conversions",
      "authorization: Basic U0lEMTp0bzprZW4=",
      "content-type: application/x-www-form-urlencoded",
      "",
      "CampaignId=1000&ActionTrackerId=2240&EventDate=2026-11-20T08%3A05%3A09.000Z&OrderId=in_1%26x%3D2&MediaPartnerId=77&CurrencyCode=EUR&OrderSubTotalPostDiscount=49.00",
    ),
  ],
  [
    "impact",
    "adjust",
    "https://api.impact.com",
    lines(
      "PUT /Advertisers/SID1/Actions",
      "authorization: Basic U0lEMTp0bzprZW4=",
      "content-type: application/x-www-form-urlencoded",
      "",
      "ActionTrackerId=2240&OrderId=in_1%26x%3D2&Reason=ORDER_UPDATE&Amount=29.00",
    ),
  ],
  [
    "impact",
    "reverse",
    "https://api.impact.com",
    lines(
      "DELETE /Advertisers/SID1/Actions",
      "authorization: Basic U0lEMTp0bzprZW4=",
      "content-type: application/x-www-form-urlencoded",
      "",
      "ActionTrackerId=2240&OrderId=in_1%26x%3D2&DispositionCode=REJECTED",
    ),
  ],
  [
    "awin",
    "convert",
    "https://api.awin.com",
    lines(
      "POST /s2s/advertiser/1001/orders",
      "content-type: application/json",
      "x-api-key: awin-key",
      "",
      '{"orders":[{"orderReference":"in_1&x=2","amount":49.00,"channel":"aw","currency":"EUR","publisherId":77,"clickTime":1795161909,"commissionGroups":[{"code":"DEFAULT","amount":49.00}]}]}',
    ),
  ],
  [
    "awin",
    "adjust",
    "https://api.awin.com",
    lines(
      "POST /advertisers/1001/transactions/batch",
      "authorization: Bearer awin-token",
      "content-type: application/json",
      "",
      '[{"action":"amend","approve":false,"transaction":{"orderRef":"in_1&x=2","transactionDate":"2026-11-20T08:05:09","timezone":"UTC","amendReason":"refund","currency":"EUR","saleAmount":29.00,"transactionParts":[{"amount":29.00,"commissionGroupCode":"DEFAULT"}]}}]',
    ),
  ],
  [
    "awin",
    "reverse",
    "https://api.awin.com",
    lines(
      "POST /advertisers/1001/transactions/batch",
      "authorization: Bearer awin-token",
      "content-type: application/json",
      "",
      '[{"action":"decline","transaction":{"orderRef":"in_1&x=2","transactionDate":"2026-11-20T08:05:09","timezone":"UTC","declineReason":"refund"}}]',
    ),
  ],
  [
    "cj",
    "convert",
    "https://tracking.api.cj.com",
    lines(
      "POST /graphql",
      "authorization: Bearer cj-token",
      "content-type: application/json",
      "",
      '{"query":"mutation($orders:[OrderCreateRequest!]!){createOrders(newOrders:$orders){orders{submissionId}errors{message fields}}}","variables":{"orders":[{"enterpriseId":"1234567","actionTrackerId":987654,"orderId":"in_1&x=2","promotionalPropertyId":77,"eventTime":"2026-11-20T08:05:09.000Z","amount":"49.00","currency":"EUR"}]}}',
    ),
  ],
  [
    "cj",
    "adjust",
    "https://tracking.api.cj.com",
    lines(
      "POST /graphql",
      "authorization: Bearer cj-token",
      "content-type: application/json",
      "",
      '{"query":"mutation($orders:[OrderRestateRequest!]!){restateOrders(restatedOrders:$orders){orders{submissionId}errors{message fields}}}","variables":{"orders":[{"enterpriseId":"1234567","actionTrackerId":987654,"orderId":"in_1&x=2","updateTime":"2026-11-21T10:00:00.000Z","amount":"29.00","currency":"EUR","correctionReason":"Other"}]}}',
    ),
  ],
  [
    "cj",
    "reverse",
    "https://tracking.api.cj.com",
    lines(
      "POST /graphql",
      "authorization: Bearer cj-token",
      "content-type: application/json",
      "",
      '{"query":"mutation($orders:[OrderCancelRequest!]!){cancelOrders(cancelledOrders:$orders){orders{submissionId}errors{message fields}}}","variables":{"orders":[{"enterpriseId":"1234567","actionTrackerId":987654,"orderId":"in_1&x=2","updateTime":"2026-11-21T10:00:00.000Z","correctionReason":"Other"}]}}',
    ),
  ],
  [
    "shareasale",
    "convert",
    "https://api.shareasale.com",
    lines(
      "GET /w.cfm?merchantId=12345&token=NGc6dg5e9URups5o&version=3.0&action=new&transtype=sale&tracking=in_1%26x%3D2&amount=49.00&currency=EUR&sscid=77&sscidmode=6",
      "x-shareasale-authentication: 7E70B84E2D5F14F5A7C4ADA6B82984150C87D9792B2742E698573ED6E0F8E173",
      "x-shareasale-date: Sun, 22 Nov 2026 09:30:00 GMT",
    ),
  ],
  [
    "shareasale",
    "adjust",
    "https://api.shareasale.com",
    lines(
      "GET /w.cfm?merchantId=12345&token=NGc6dg5e9URups5o&version=3.0&action=edit&ordernumber=in_1%26x%3D2&date=11%2F20%2F2026&newamount=29.00&currency=EUR&newcomment=refund",
      "x-shareasale-authentication: C0E3B44B8766A660F610E5B2ECD2CA1D7B3CE3986CA0BCDAFD1AA5B3492AE0D0",
      "x-shareasale-date: Sun, 22 Nov 2026 09:30:00 GMT",
    ),
  ],
  [
    "shareasale",
    "reverse",
    "https://api.shareasale.com",
    lines(
      "GET /w.cfm?merchantId=12345&token=NGc6dg5e9URups5o&version=3.0&action=void&ordernumber=in_1%26x%3D2&date=11%2F20%2F2026&reason=refund",
      "x-shareasale-authentication: 51695882200EC37675B4294C59D1FB008C4180BED48D8D2D167BC5098679906F",
      "x-shareasale-date: Sun, 22 Nov 2026 09:30:00 GMT",
    ),
  ],
  [
    "rakuten",
    "convert",
    "https://track.linksynergy.com",
    lines(
      "GET /ep?mid=4321&ord=in_1%26x%3D2&land=20261120_0805&tr=77&cur=EUR&skulist=acme-paint&qlist=1&amtlist=4900&img=1&namelist=acme-paint",
    ),
  ],
  [
    "tapfiliate",
    "convert",
    "https://api.tapfiliate.com",
    lines(
      "POST /1.6/conversions/",
      "content-type: application/json",
      "x-api-key: tap-key",
      "",
      '{"program_id":"acme programme","referral_code":"77","external_id":"in_1&x=2","amount":49.00,"currency":"EUR"}',
    ),
  ],
  [
    "tapfiliate",
    "adjust",
    "https://api.tapfiliate.com",
    lines(
      "PATCH /1.6/conversions/conv%2F1/?recalculate_commissions=true",
      "content-type: application/json",
      "x-api-key: tap-key",
      "",
      '{"amount":29.00}',
    ),
  ],
  [
    "tapfiliate",
    "reverse",
    "https://api.tapfiliate.com",
    lines("DELETE /1.6/conversions/conv%2F1/", "x-api-key: tap-key"),
  ],
  [
    "post-affiliate-pro",
    "convert",
    "https://acme.postaffiliatepro.com",
    lines(
      "POST /scripts/track.php?accountId=default1&tracking=1",
      "content-type: application/x-www-form-urlencoded",
      "",
      "sale=%5B%7B%22ac%22%3A%22%22%2C%22t%22%3A%2249.00%22%2C%22o%22%3A%22in_1%26x%3D2%22%2C%22p%22%3A%22acme-paint%22%2C%22a%22%3A%2277%22%2C%22cr%22%3A%22EUR%22%2C%22d1%22%3A%22ord_1%22%7D%5D",
    ),
  ],
  [
    "partnerstack",
    "convert",
    "https://api.partnerstack.com",
    lines(
      "POST /api/v2/transactions",
      "authorization: Basic cGs6c2s=",
      "content-type: application/json",
      "",
      '{"customer_external_key":"77","amount":4900,"currency":"EUR","key":"msg_0123456789abcdef01234567","metadata":{"order":"in_1&x=2","shop":"stripe"}}',
    ),
  ],
  [
    "everflow",
    "convert",
    "https://api.eflow.team",
    lines(
      "POST /v1/networks/conversions/reporting",
      "content-type: application/json",
      "x-eflow-api-key: ef-key",
      "",
      '{"is_now":true,"offer_id":33,"affiliate_id":77,"event_id":0,"timezone_id":67,"number_of_conversions":1,"order_id":"in_1&x=2","internal_notes":"msg_0123456789abcdef01234567","revenue_amount":49.00,"is_revenue_amount_submitted":true,"payout_amount":4.90,"is_payout_amount_submitted":true}',
    ),
  ],
  [
    "tune",
    "convert",
    "https://demo.api.hasoffers.com",
    lines(
      "POST /Apiv3/json",
      "content-type: application/x-www-form-urlencoded",
      "",
      "NetworkToken=NET%26TOKEN&Target=Conversion&Method=create&data%5Boffer_id%5D=26&data%5Baffiliate_id%5D=77&data%5Badvertiser_info%5D=in_1%26x%3D2&data%5Bsale_amount%5D=49.00&data%5Bpayout%5D=4.90&data%5Bstatus%5D=approved&return_object=1",
    ),
  ],
  [
    "tune",
    "adjust",
    "https://demo.api.hasoffers.com",
    lines(
      "POST /Apiv3/json",
      "content-type: application/x-www-form-urlencoded",
      "",
      "NetworkToken=NET%26TOKEN&Target=Conversion&Method=update&tune_event_id=conv%2F1&data%5Bsale_amount%5D=29.00&data%5Bpayout%5D=2.90&return_object=0",
    ),
  ],
  [
    "tune",
    "reverse",
    "https://demo.api.hasoffers.com",
    lines(
      "POST /Apiv3/json",
      "content-type: application/x-www-form-urlencoded",
      "",
      "NetworkToken=NET%26TOKEN&Target=Conversion&Method=updateStatus&tune_event_id=conv%2F1&status=rejected",
    ),
  ],
];

/** What the networks do not offer to programs. */
export const doneByHand: readonly (readonly [ReadyNetworkKind, Effect, string])[] = [
  [
    "rakuten",
    "adjust",
    "In Rakuten Advertising's dashboard, correct order in_1&x=2 of 2026-11-20T08:05:09.000Z to 29.00 EUR, or ask your account team to.",
  ],
  [
    "rakuten",
    "reverse",
    "In Rakuten Advertising's dashboard, cancel order in_1&x=2 of 2026-11-20T08:05:09.000Z, or ask your account team to.",
  ],
  [
    "post-affiliate-pro",
    "adjust",
    "In Post Affiliate Pro, under Transactions, refund order in_1&x=2 in part, so that 29.00 EUR of 49.00 EUR are left.",
  ],
  [
    "post-affiliate-pro",
    "reverse",
    "In Post Affiliate Pro, under Transactions, refund the commission of order in_1&x=2.",
  ],
  [
    "partnerstack",
    "adjust",
    "In PartnerStack, under Transactions, change transaction conv/1 (order in_1&x=2) to 29.00 EUR.",
  ],
  [
    "partnerstack",
    "reverse",
    "In PartnerStack, under Transactions, archive transaction conv/1 (order in_1&x=2).",
  ],
  [
    "everflow",
    "adjust",
    "In Everflow's conversion report, find order in_1&x=2, and set its revenue to 29.00 and its payout to 2.90 EUR.",
  ],
  [
    "everflow",
    "reverse",
    "In Everflow's conversion report, find order in_1&x=2, and set its status to rejected.",
  ],
];
