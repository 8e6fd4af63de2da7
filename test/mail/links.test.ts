import { expect, it } from "vitest";
import { rolesOf } from "../../server/src/http/route.ts";
import { noticeKinds, type Reader } from "../../server/src/mail/notice-kinds.ts";
import { mailTexts } from "../../server/src/messages/mail/index.ts";
import { reasonsTexts } from "../../server/src/messages/reasons/index.ts";
import { speak } from "../../server/src/messages/speak.ts";
import type { Notice, NoticeKind } from "../../server/src/notices/notices.ts";
import { as } from "../../server/src/words/ids.ts";
import { openPeople } from "../access/access-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

type Facts = { [Name in NoticeKind]: Extract<Notice, { kind: Name }>["facts"] };

onEveryEngine("the links in mail", (bench) => {
  it("of every kind lead to a page that the reader may open", async () => {
    const { app, deps } = await openPeople(bench);
    const now = deps.clock();
    const sum = { amountMinor: 100, currency: as.currency("EUR") };
    const dispute = `dp_${"0".repeat(29)}`;
    const facts: Facts = {
      invitation: { invitedBy: "cli:test" },
      digest: { since: now, until: now, sums: [], credited: 1, uncounted: [] },
      "statement.ready": { ...sum, number: "ST-2026-00001", period: "2026-11" },
      "payout.sent": { ...sum, payout: "pi-1" },
      "payout.rejected": { ...sum, payout: "pi-1", why: "closed" },
      "details.changed": { what: "bank", payableFrom: now },
      "dispute.opened": { dispute, partner: as.partner("north"), order: "o1" },
      "dispute.answered": { dispute, order: "o1" },
      "passkey.added": { name: "Firefox, Linux" },
      "passkey.removed": { name: "Firefox, Linux" },
      news: { title: "News", text: "Text" },
      desk: {
        date: now,
        payouts: 1,
        adjustments: 0,
        deals: 0,
        held: 0,
        disputes: 1,
        disputeDueAt: now,
        stuck: 0,
        shops: [{ shop: "own", heardAt: null }],
      },
      "plan.announced": { name: "Plan", since: now },
    };
    const { issuer } = deps.config;
    const reader: Reader = {
      config: deps.config,
      speech: await speak(mailTexts, ["en"]),
      reasons: await speak(reasonsTexts, ["en"]),
      partnerName: "North",
      unsubscribeUrl: `${issuer}/never`,
    };
    const routeOf = (url: string) => {
      const { origin, pathname } = new URL(url);
      expect(origin).toBe(new URL(issuer).origin);
      return app.declared.find(
        ({ method, path }) =>
          method === "get" && new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname),
      );
    };
    for (const kind of Object.keys(noticeKinds) as NoticeKind[]) {
      const { write, partner, vendor } = noticeKinds[kind];
      const { action } = (write as (facts: unknown, reader: Reader) => { action?: { url: string } })(
        facts[kind],
        reader,
      );
      const who = action && routeOf(action.url)?.who;
      expect([kind, who !== undefined]).toEqual([kind, true]);
      if (who === undefined || who === "anyone") continue;
      const open = typeof who === "string" ? [] : rolesOf(who);
      const readers = [
        ...partner.map((role) => `partner:${role}`),
        ...vendor.map((role) => `vendor:${role}`),
      ];
      expect([kind, readers.filter((role) => !open.includes(role))]).toEqual([kind, []]);
    }
    expect(routeOf(`${issuer}/portal/nowhere`)).toBeUndefined();
  });
});
