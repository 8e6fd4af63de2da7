import { describe, expect, it } from "vitest";
import { mailboxOf, siteOf } from "./email-alias.ts";

describe("the mailbox of an address", () => {
  it.each([
    ["jane.doe+1@gmail.com", "janedoe@gmail.com"],
    ["j.a.n.e.doe@googlemail.com", "janedoe@gmail.com"],
    ["jane.doe+shop+2@acme.example", "jane.doe@acme.example"],
    ["jane.doe@acme.example", "jane.doe@acme.example"],
    ["j_a-n.e@protonmail.com", "jane@proton.me"],
    ["jane+x@mac.com", "jane@icloud.com"],
    ["jane-doe@ya.ru", "janedoe@yandex.com"],
    ["shop@jane.fastmail.com", "jane@fastmail.com"],
    ["jane@gmail.com.", "jane@gmail.com"],
    ["+49@acme.example", "+49@acme.example"],
    ["no address", "no addres@no address"],
  ])("of %s is %s", (address, mailbox) => {
    expect(mailboxOf(address)).toBe(mailbox);
  });
});

describe("the site of a domain", () => {
  it.each([
    ["shop.acme.co.uk", "acme.co.uk"],
    ["acme.co.uk", "acme.co.uk"],
    ["mail.acme.example", "acme.example"],
    // Whoever has a page there is nobody's neighbour.
    ["jane.github.io", "jane.github.io"],
    ["localhost", "localhost"],
  ])("of %s is %s", (domain, site) => {
    expect(siteOf(domain)).toBe(site);
  });
});
