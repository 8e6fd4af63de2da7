import { expect, it } from "vitest";
import { bookForPartner } from "../../server/src/books/book-partner.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { schemaErrors } from "./pain-files.ts";
import { ibans } from "./payout-details.ts";
import { openPayouts } from "./payout-world.ts";

const oddNames = [
  "Größe & Söhne <KG>",
  'O\'Brien "Quotes" Ltd; [Cork]',
  "Żółty Łoś sp. z o.o. — Oddział Łódź",
  "Щедрик Іван Петрович",
  "株式会社 Kita",
  "A".repeat(140),
  "//Slash// and /End/",
  '=HYPERLINK("http://x")',
  "ﬁne \u00a0 print",
  "e\u0301cole Zalgo\u0335\u0336",
  "🎨 Paint",
];

onEveryEngine("a pain.001.001.09 file", (bench) => {
  it("is valid by the published schema, whatever partners are called", async () => {
    const world = await openPayouts(bench);
    for (const [at, name] of oddNames.entries())
      await world.payee(`p${at}`, 1_000 + at, {
        legalName: name,
        accounts: [
          { kind: "iban", name, iban: ibans[at % ibans.length], ...(at % 2 ? { bic: "COBADEFFXXX" } : {}) },
        ],
        address: {
          street: name.slice(0, 60),
          // Of an address that no bank can read, what it has to have is left.
          building: at === 4 ? "二" : "1/2",
          postCode: "20457",
          town: "Žilina",
          region: "Žilinský",
          country: "SK",
        },
      });
    await world.payee("local", 5_000, {
      address: { town: "Austin", country: "US" },
      accounts: [
        {
          kind: "local",
          name: "Eagle",
          number: "000-123",
          bankCode: "111000025",
          bic: "CHASUS33",
          bankCountry: "US",
        },
      ],
    });
    const british = { kind: "local", name: "Robin", number: "31926819", bankCountry: "GB" } as const;
    for (const [id, bankCode] of [
      ["robin", "60-16-13"],
      ["wren", "BARC 601613"],
    ] as const)
      await world.payee(id, 2_500, {
        address: { town: "Leeds", country: "GB" },
        accounts: [{ ...british, bankCode }],
      });
    const { content, id } = await world.sendAll();
    expect(await schemaErrors("pain.001.001.09", content)).toEqual([]);
    const clearing = [...content.matchAll(/<ClrSysMmbId>(.*?)<\/ClrSysMmbId>/gs)];
    // What is no sort code is written as it was told, and named as nothing.
    expect(clearing.map(([, inner = ""]) => inner.replaceAll(/\s*\n\s*/g, "")).sort()).toEqual([
      "<ClrSysId><Cd>GBDSC</Cd></ClrSysId><MmbId>601613</MmbId>",
      "<ClrSysId><Cd>USABA</Cd></ClrSysId><MmbId>111000025</MmbId>",
      "<MmbId>BARC 601613</MmbId>",
    ]);
    // The control: the schema is asked in earnest.
    expect(await schemaErrors("pain.001.001.09", content.replace("<TwnNm>", "<TownName>"))).not.toEqual([]);
    const total = oddNames.reduce((sum, _, at) => sum + 1_000 + at, 0);
    expect(content).toContain(`<MsgId>${id.replace("_", "-")}</MsgId>`);
    expect(content).toContain(`<CtrlSum>${((total + 10_000) / 100).toFixed(2)}</CtrlSum>`);
    const [, sepa = "", other = ""] = content.split("<PmtInf>");
    expect(sepa).toContain(`<CtrlSum>${(total / 100).toFixed(2)}</CtrlSum>`);
    expect(sepa.match(/<CdtTrfTxInf>/g)).toHaveLength(oddNames.length);
    expect(other.match(/<CdtTrfTxInf>/g)).toHaveLength(3);
    const texts = [
      ...content.matchAll(/<(?:Nm|StrtNm|TwnNm|CtrySubDvsn|Ustrd|EndToEndId|InstrId)>([^<]*)</g),
    ];
    expect(texts.length).toBeGreaterThan(50);
    for (const [, text = ""] of texts)
      expect(text.replaceAll("&apos;", "'")).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]{1,140}$/);
    for (const [, end = ""] of content.matchAll(/<EndToEndId>([^<]*)</g))
      expect(end.length).toBeLessThanOrEqual(30);
    expect(content).toContain("<Nm>Grosse + Sohne .KG.</Nm>");
    expect(content).toContain("<Nm>Shchedrik Ivan Petrovich</Nm>");
    expect(content).not.toContain("<AdrLine>");
    expect(content).not.toMatch(/<(BldgNb|StrtNm|TwnNm)>\.+</);
  });

  it("of 1,000 rows is valid, and sums to what is payable", async () => {
    const world = await openPayouts(bench);
    await world.payee("p0", 1);
    for (let at = 1; at < 1_000; at++) await world.payee(`p${at}`, 0);
    await world.deps.store.write((tx) =>
      bookForPartner(
        tx,
        Array.from({ length: 999 }, (_, at) => ({
          partner: as.partner(`p${at + 1}`),
          kind: "bonus" as const,
          debit: "expense" as const,
          credit: "payable" as const,
          amountMinor: 100 + at,
          currency: as.currency("EUR"),
          source: "adjustment",
          sourceId: "all",
          cause: "test",
        })),
        world.deps.clock(),
      ),
    );
    const { content, payout } = await world.sendAll();
    const total = 1 + 999 * 100 + (998 * 999) / 2;
    expect(payout).toMatchObject({ items: 1_000, totalMinor: total });
    expect(content).toContain("<NbOfTxs>1000</NbOfTxs>");
    expect(content).toContain(`<CtrlSum>${(total / 100).toFixed(2)}</CtrlSum>`);
    expect(await schemaErrors("pain.001.001.09", content)).toEqual([]);
    expect(new Set([...content.matchAll(/<EndToEndId>([^<]*)</g)].map(([, id]) => id)).size).toBe(1_000);
  });

  it("is refused without an account that pays, and for what no bank pays", async () => {
    const world = await openPayouts(bench, { config: { payer: undefined } });
    await world.payee("north", 1_000);
    await world.payee("pal", 1_000, { accounts: [{ kind: "paypal", email: "pal@example.com" }] });
    const { batches } = await world.propose();
    const [bank, paypal] = batches.map(({ id }) => id);
    for (const id of [bank, paypal]) await world.approve(id ?? "");
    await expect(world.send(bank ?? "")).rejects.toMatchObject({ code: "payer_missing" });
    await expect(world.send(paypal ?? "")).rejects.toMatchObject({ code: "payout_state" });
    const { content } = await world.send(paypal ?? "", { format: "csv" });
    expect(content).toMatch(
      /^pal@example\.com,10\.00,EUR,pi-[a-z0-9]{25},Commission po_[a-z0-9]+,PayPal\r\n$/,
    );
  });

  it("has a CSV beside it with the columns of the configuration, which no spreadsheet reads as formulas", async () => {
    const own = {
      delimiter: ";",
      columns: [
        { heading: "Name", field: "accountName" },
        { heading: "Art", text: "Überweisung" },
        { heading: "Betrag", field: "amount" },
        { heading: "Zweck", field: "remittance" },
      ],
    };
    const world = await openPayouts(bench, {
      config: { csvFormats: { own }, remittance: "Provision {partner}" },
    });
    await world.payee("north", 123_456, {
      accounts: [{ kind: "iban", name: '=cmd|"x";@SUM(1)', iban: ibans[0] }],
    });
    const [batch] = (await world.propose()).batches;
    await world.approve(batch?.id ?? "");
    await expect(world.send(batch?.id ?? "", { format: "csv", columns: "none" })).rejects.toMatchObject({
      code: "request_invalid",
    });
    const { content } = await world.send(batch?.id ?? "", { format: "csv", columns: "own" });
    expect(content).toBe(
      'Name;Art;Betrag;Zweck\r\n"\'=cmd|""x"";\'@SUM(1)";Überweisung;1234.56;Provision north\r\n',
    );
  });
});
