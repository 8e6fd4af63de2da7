import type { Deps } from "../../deps/deps.ts";
import { addToDispute, readPartnerDisputeFile } from "../../disputes/answer-dispute.ts";
import { fileAnswer } from "../../disputes/file-answer.ts";
import { listPartnerDisputes, openDispute, showPartnerDispute } from "../../disputes/open-dispute.ts";
import type { App } from "../../http/app.ts";
import type { AppContext } from "../../http/app-env.ts";
import { pageRoute } from "../../http/page-route.ts";
import { problems } from "../../http/problem.ts";
import { html } from "../../pages/html.ts";
import { listing } from "../../pages/listing.ts";
import { buttonLink, panel } from "../../pages/parts.ts";
import { Refusal } from "../../words/refusal.ts";
import { readClaim, sentFile } from "./dispute-form.ts";
import {
  claimForm,
  disputeBody,
  disputeColumns,
  disputeLead,
  disputePath,
  type ListedDispute,
  shownClaimText,
} from "./dispute-view.ts";
import { goTo, nameIn, orNothing, refusedNotice } from "./named-page.ts";
import { everyone, moneyPeople, type PortalFace, portalFace, portalPage } from "./portal-face.ts";

const path = "/portal/disputes";
const list = pageRoute({
  who: everyone,
  operationId: "showPortalDisputes",
  method: "get",
  path,
  summary: "What a partner contests, the newest first",
});
const form = pageRoute({
  who: moneyPeople,
  operationId: "showPortalDisputeForm",
  method: "get",
  path: `${path}/new`,
  summary: "The form by which a partner says that an order should count for her",
});
const open = pageRoute({
  who: moneyPeople,
  operationId: "openPortalDispute",
  method: "post",
  path,
  summary: "Contest a decision",
});
const show = pageRoute({
  who: everyone,
  operationId: "showPortalDispute",
  method: "get",
  path: `${path}/{id}`,
  summary: "What a partner contests, with all that was said",
});
const add = pageRoute({
  who: moneyPeople,
  operationId: "addToPortalDispute",
  method: "post",
  path: `${path}/{id}/messages`,
  summary: "Add a word or a file to what is contested",
});
const file = pageRoute({
  who: everyone,
  operationId: "readPortalDisputeFile",
  method: "get",
  path: `${path}/{id}/files/{entry}`,
  summary: "A file of the thread, as a download",
});

const rowsOfPage = 50;

/** The pages of what a partner contests: what `/v1/partner/disputes` tells. */
export function addDisputePages(app: App, deps: Deps): void {
  app.serve(list, (c) => listPage(deps, c));
  app.serve(form, async (c) => formPage(deps, await portalFace(deps, c)));
  app.serve(open, (c) => openFromForm(deps, c));
  app.serve(show, async (c) => {
    const face = await portalFace(deps, c);
    return orNothing(deps, face, named(c), (id) => disputePage(deps, face, id));
  });
  app.serve(add, (c) => addFromForm(deps, c));
  app.serve(file, async (c) => {
    const face = await portalFace(deps, c);
    return orNothing(deps, face, named(c), async (id) => {
      // What is no number names no entry.
      const entry = Number(/^\d{1,4}$/.exec(c.req.param("entry") ?? "")?.[0] ?? 0);
      return fileAnswer(c, await readPartnerDisputeFile(deps, { partner: face.person.partner, id, entry }));
    });
  });
}

const named = (c: AppContext) => ({ code: "dispute_unknown", name: nameIn(c.req.param("id")) }) as const;

async function listPage(deps: Deps, c: AppContext): Promise<Response> {
  const face = await portalFace(deps, c);
  const { say } = face.speech;
  const after = face.address.query.get("after");
  const page = await listPartnerDisputes(deps, face.person.partner, {
    limit: rowsOfPage,
    ...(after !== null && /^dp_[a-z0-9]{29}$/.test(after) ? { after } : {}),
  });
  return portalPage(deps, face, {
    title: say("nav_disputes"),
    lead: say("disputes_lead"),
    actions: face.person.role === "viewer" ? undefined : buttonLink(say("dispute_new"), `${path}/new`, true),
    content: panel(
      listing<ListedDispute>({
        kit: face.kit,
        caption: say("nav_disputes"),
        columns: disputeColumns(face),
        rows: page.disputes,
        next: page.next,
        address: face.address,
        empty: { title: say("disputes_none") },
      }),
    ),
  });
}

const crumbs = ({ speech }: PortalFace) => [html`<a href="${path}">${speech.say("nav_disputes")}</a>`];
const statusOf = (refusal: Refusal | undefined) =>
  refusal === undefined ? 200 : problems[refusal.code].status;

function formPage(
  deps: Deps,
  face: PortalFace,
  sent: URLSearchParams = face.address.query,
  refusal?: Refusal,
): Response {
  const { say } = face.speech;
  const parts = {
    title: say("dispute_new"),
    lead: say("dispute_new_lead"),
    crumbs: crumbs(face),
    content: html`${refusal && refusedNotice(face, refusal)}${claimForm(face, [...deps.config.products.values()], sent)}`,
  };
  return portalPage(deps, face, parts, statusOf(refusal));
}

async function openFromForm(deps: Deps, c: AppContext): Promise<Response> {
  const face = await portalFace(deps, c);
  const sent = c.get("form") ?? new URLSearchParams();
  try {
    const claim = readClaim(sent);
    const text = sent.get("text") ?? "";
    const evidence = await sentFile(c.get("files"));
    const { id } = await openDispute(deps, face.person.partner, { ...claim, text, file: evidence });
    return goTo(disputePath(id));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return formPage(deps, face, sent, error);
  }
}

async function disputePage(
  deps: Deps,
  face: PortalFace,
  id: string,
  refused?: { refusal: Refusal; text: string },
): Promise<Response> {
  const shown = await showPartnerDispute(deps, face.person.partner, id);
  const { refusal, text = "" } = refused ?? {};
  const parts = {
    title: shownClaimText(shown.claim),
    lead: disputeLead(face, shown),
    crumbs: crumbs(face),
    content: html`${refusal && refusedNotice(face, refusal)}${disputeBody(face, shown, text)}`,
  };
  return portalPage(deps, face, parts, statusOf(refusal));
}

async function addFromForm(deps: Deps, c: AppContext): Promise<Response> {
  const face = await portalFace(deps, c);
  return orNothing(deps, face, named(c), async (id) => {
    const text = c.get("form")?.get("text") ?? "";
    try {
      const evidence = await sentFile(c.get("files"));
      await addToDispute(deps, face.person.partner, id, { text, file: evidence });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === "dispute_unknown") throw error;
      return disputePage(deps, face, id, { refusal: error, text });
    }
    return goTo(disputePath(id));
  });
}
