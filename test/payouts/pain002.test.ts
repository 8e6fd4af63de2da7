import { expect, it } from "vitest";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { type AnswerForm, bankAnswer, type Said, schemaErrors } from "./pain-files.ts";
import { openPayouts } from "./payout-world.ts";

/** A batch of three payments that was sent, and how the bank names it. */
async function sent(bench: Parameters<typeof openPayouts>[0], config: Record<string, unknown> = {}) {
  const world = await openPayouts(bench, { config });
  for (const id of ["a", "b", "c"]) await world.payee(id, 1_000);
  const { id, payout } = await world.sendAll();
  const ids = payout.rows.map((row) => row.id);
  const message = id.replace("_", "-");
  const answer = async (said: Said[], form?: AnswerForm) => {
    const xml = bankAnswer(message, said, form);
    if (form?.prefix === undefined) expect(await schemaErrors("pain.002.001.10", xml)).toEqual([]);
    return world.confirm(id, { file: xml });
  };
  const states = (payout: { rows: { state: string; why: string | null; bankStatus: string | null }[] }) =>
    payout.rows.map(({ state, why, bankStatus }) => [state, why, bankStatus]);
  return { world, id, ids, message, answer, states };
}

const open = ["open", null, null];

onEveryEngine("a bank's answer", (bench) => {
  it.each<[string, string, string | null]>([
    ["ACSC", "confirmed", null],
    ["ACCC", "confirmed", null],
    ["RJCT", "failed", "AC04 Account closed"],
    ["CANC", "failed", "AC04 Account closed"],
    ["ACCP", "open", "AC04 Account closed"],
    ["ACSP", "open", "AC04 Account closed"],
    ["ACTC", "open", "AC04 Account closed"],
    ["PDNG", "open", "AC04 Account closed"],
  ])("of %s for one payment leaves it %s and the others as they are", async (status, state, why) => {
    const { ids, answer, states } = await sent(bench);
    const said = { id: ids[1] ?? "", status, reason: "AC04", words: "Account closed", amount: "10.00" };
    const { payout, changed } = await answer([said], {
      group: "PART",
      prefix: status === "ACCC" ? "ns2:" : undefined,
    } as AnswerForm);
    expect(states(payout)).toEqual([open, [state, why, status], open]);
    expect(changed.confirmed + changed.failed + changed.pending).toBe(1);
    // The same again says nothing new.
    expect((await answer([said], { group: "PART" })).unchanged).toBe(1);
  });

  it.each<[string, string]>([
    ["ACSC", "confirmed"],
    ["RJCT", "failed"],
    ["ACCP", "open"],
    ["PDNG", "open"],
  ])("of %s for all is about every payment that nothing else is said of", async (group, state) => {
    const { ids, answer, states } = await sent(bench);
    const special = state === "failed" ? "ACSC" : "RJCT";
    const { payout } = await answer([{ id: ids[0] ?? "", status: special, reason: "AM05" }], { group });
    expect(states(payout).map(([one]) => one)).toEqual([
      special === "RJCT" ? "failed" : "confirmed",
      state,
      state,
    ]);
  });

  it("of a payment information is about its payments, and PART about none", async () => {
    const { message, answer, states } = await sent(bench);
    const part = await answer([], { group: "PART", information: { id: `${message}-1`, status: "PART" } });
    expect(states(part.payout)).toEqual([open, open, open]);
    const none = await answer([], { group: "PART", information: { id: `${message}-2`, status: "RJCT" } });
    expect(states(none.payout)).toEqual([open, open, open]);
    const all = await answer([], { group: "PART", information: { id: `${message}-1`, status: "RJCT" } });
    expect(states(all.payout).map(([state]) => state)).toEqual(["failed", "failed", "failed"]);
    expect(all.payout.state).toBe("settled");
  });

  it("that rejects the whole message fails every payment, with the bank's reason", async () => {
    const { world, answer, states } = await sent(bench);
    const { payout, changed } = await answer([], { group: "RJCT", groupReason: "AM04" });
    expect(states(payout)).toEqual(Array.from({ length: 3 }, () => ["failed", "AM04", "RJCT"]));
    expect(changed.failed).toBe(3);
    expect((await world.propose()).payouts).toHaveLength(3);
  });

  it("in parts settles what it names, and waits for what is pending", async () => {
    const { ids, message, answer, states } = await sent(bench);
    const [paid = "", rejected = "", pending = ""] = ids;
    const { payout } = await answer(
      [
        { id: paid, status: "ACSC" },
        { id: rejected, status: "RJCT", reason: "AC01", words: "IBAN unknown" },
      ],
      { group: "PART", information: { id: `${message}-1`, status: "PDNG" } },
    );
    expect(states(payout)).toEqual([
      ["confirmed", null, "ACSC"],
      ["failed", "AC01 IBAN unknown", "RJCT"],
      ["open", null, "PDNG"],
    ]);
    expect(payout.state).toBe("exported");
    const last = await answer([{ id: pending, status: "ACSC" }], { group: "PART" });
    expect(last.payout.state).toBe("settled");
  });

  it("that repeats the instruction's id alone is understood", async () => {
    const { world, id, ids, message } = await sent(bench);
    const xml = bankAnswer(message, [{ id: ids[1] ?? "", status: "ACSC" }]).replaceAll(
      "OrgnlEndToEndId",
      "OrgnlInstrId",
    );
    expect(await schemaErrors("pain.002.001.10", xml)).toEqual([]);
    expect((await world.confirm(id, { file: xml })).changed.confirmed).toBe(1);
  });

  it("confirms by what the vendor takes for paid", async () => {
    const { answer, states } = await sent(bench, { paidStatuses: ["ACCP", "ACSC"] });
    expect(states((await answer([], { group: "ACCP" })).payout).map(([state]) => state)).toEqual([
      "confirmed",
      "confirmed",
      "confirmed",
    ]);
  });

  it("comes back later for a payment that was confirmed", async () => {
    const { world, ids, answer } = await sent(bench);
    await answer([], { group: "ACSC" });
    const returned = await answer([{ id: ids[0] ?? "", status: "RJCT", reason: "MD07" }], { group: "PART" });
    expect(returned.changed.returned).toBe(1);
    expect(await world.sums("a")).toEqual({ payableMinor: 1_000, paidMinor: 0 });
    expect((await answer([], { group: "ACSC" })).changed.confirmed).toBe(0);
    expect(await world.sums("a")).toEqual({ payableMinor: 1_000, paidMinor: 0 });
    expect(await world.check()).toEqual([]);
  });

  it("tells of strange ids and other amounts without changing anything for them", async () => {
    const { ids, answer, states } = await sent(bench);
    const result = await answer([
      { id: "pi-somebody-else", status: "ACSC" },
      { id: ids[0] ?? "", status: "ACSC", amount: "10.01" },
      { id: ids[1] ?? "", status: "ACSC", amount: "10.00" },
    ]);
    expect(result).toMatchObject({ unmatched: ["pi-somebody-else"], amountsDiffer: [ids[0]] });
    expect(states(result.payout).map(([state]) => state)).toEqual(["open", "confirmed", "open"]);
  });

  it("of many that are not the ones that were sent changes nothing", async () => {
    const { ids, message, answer, states } = await sent(bench);
    const fewer = await answer([], { group: "ACSC", payments: 2, sum: "30.00" });
    expect([fewer.amountsDiffer.toSorted(), fewer.changed.confirmed]).toEqual([ids.toSorted(), 0]);
    const more = await answer([{ id: ids[0] ?? "", status: "ACSC" }], {
      information: { id: `${message}-1`, status: "ACSC", sum: "30.01" },
    });
    // What is said of one payment itself holds, whatever the bank added up.
    expect(states(more.payout).map(([state]) => state)).toEqual(["confirmed", "open", "open"]);
    expect(more.amountsDiffer.toSorted()).toEqual([ids[1], ids[2]].toSorted());
    const right = await answer([], { group: "ACSC", payments: 3, sum: "30.00000" });
    expect(right.payout.state).toBe("settled");
  });

  it.each([
    ["10.00000", "EUR", "confirmed"],
    ["10", "EUR", "confirmed"],
    ["10.000001", "EUR", "open"],
    ["10.00", "USD", "open"],
    ["1000", "EUR", "open"],
  ])("that repeats %s %s of 10.00 EUR leaves it %s", async (amount, currency, state) => {
    const { world, id, ids, message } = await sent(bench);
    const xml = bankAnswer(message, [{ id: ids[0] ?? "", status: "ACSC", amount, currency }]);
    const { payout } = await world.confirm(id, { file: xml });
    expect(payout.rows[0]?.state).toBe(state);
  });

  it("that says of one payment both that it is paid and that it is not leaves it for a person", async () => {
    const { ids, answer, states } = await sent(bench);
    const [both = "", steps = ""] = ids;
    const result = await answer([
      { id: both, status: "ACSC" },
      { id: both, status: "RJCT", reason: "AC04" },
      { id: steps, status: "ACSC" },
      { id: steps, status: "PDNG" },
    ]);
    expect(result.contradicted).toEqual([both]);
    expect(states(result.payout).map(([state]) => state)).toEqual(["open", "confirmed", "open"]);
  });

  it.each<[string, (xml: string) => string]>([
    ["of version 3", (xml) => xml.replace("pain.002.001.10", "pain.002.001.03")],
    [
      "of a country's own namespace",
      (xml) =>
        xml.replace(
          /xmlns="[^"]*"/,
          'xmlns="http://www.six-interbank-clearing.com/de/pain.002.001.03.ch.02.xsd"',
        ),
    ],
    ["without a namespace", (xml) => xml.replace(/ xmlns="[^"]*"/, "")],
    ["with a mark of its byte order", (xml) => `\uFEFF${xml}`],
    ["after empty lines", (xml) => `\r\n\r\n${xml.replace(/<\?xml[^>]*>\s*/, "")}`],
    [
      "of version 2, which knows no payment informations",
      (xml) =>
        xml
          .replaceAll("CstmrPmtStsRpt", "pain.002.001.02")
          .replace(/<OrgnlPmtInfAndSts><OrgnlPmtInfId>[^<]*<\/OrgnlPmtInfId>/, "")
          .replace("</OrgnlPmtInfAndSts>", ""),
    ],
  ])("%s is understood", async (_, written) => {
    const { world, id, ids, message } = await sent(bench);
    const xml = bankAnswer(message, [
      { id: ids[0] ?? "", status: "ACSC", amount: "10.00" },
      { id: ids[1] ?? "", status: "RJCT", reason: "AC01" },
    ]);
    const { payout } = await world.confirm(id, { file: written(xml) });
    expect(payout.rows.map(({ state }) => state)).toEqual(["confirmed", "failed", "open"]);
  });

  it.each<[string, (xml: string) => string]>([
    ["about another message", (xml) => xml.replace(/<OrgnlMsgId>[^<]*/, "<OrgnlMsgId>other")],
    ["with a document type", (xml) => xml.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>')],
    ["that is cut off", (xml) => xml.slice(0, -30)],
    ["that is no answer", () => "<html><body>Session expired</body></html>"],
    ["that is nested without end", (xml) => xml.replace("<GrpHdr>", "<a>".repeat(100_000))],
    ["that is nothing but a mark", () => "<"],
    ["in a list without columns", () => "a,b\n1,2\n"],
    ["in a list that is no list", () => `id,status\n"${"x".repeat(70_000)}`],
  ])("%s is refused", async (_what, change) => {
    const { world, id, ids, message } = await sent(bench);
    const xml = change(bankAnswer(message, [{ id: ids[0] ?? "", status: "ACSC" }]));
    await expect(world.confirm(id, { file: xml })).rejects.toMatchObject({ code: "payout_file_invalid" });
    expect(await world.sums("a")).toEqual({ payableMinor: 1_000, paidMinor: 0 });
  });

  it("is read as CSV too, in the words of banks and services", async () => {
    const { world, id, ids } = await sent(bench);
    const list = `\uFEFFPayment reference;Amount;Status;Reason\r\n${ids[0]};10,00;Completed;\r\n${ids[1]};10,00;Returned;"closed; account"\r\n${ids[2]};10,00;Unclaimed;\r\nelse;1;Completed;\r\n`;
    const result = await world.confirm(id, { file: list });
    expect(result.changed).toEqual({ confirmed: 1, failed: 1, returned: 0, pending: 1 });
    expect(result.unmatched).toEqual(["else"]);
    expect(result.payout.rows.map(({ state, why }) => [state, why])).toEqual([
      ["confirmed", null],
      ["failed", "closed; account"],
      ["open", null],
    ]);
  });
});
