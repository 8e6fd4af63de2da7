import "/sdk/entries/prompt-element.ts";

// Keeps the window current without leaving it, so that a half-painted picture and the focus stay.
const pauseMs = 4000;

const prompt = document.querySelector("#prompt");

/** The view that a page brings for its prompt. */
const viewOf = (page) => JSON.parse(page.querySelector("#prompt").dataset.view ?? "null");

/** Puts the changed parts of a fresh page in place. The status line is filled, not replaced: only then is it read out. */
function show(page) {
  const fresh = new DOMParser().parseFromString(page, "text/html");
  showPanel(fresh);
  prompt.view = viewOf(fresh);
  document.querySelector("#strip").innerHTML = fresh.querySelector("#strip").innerHTML;
  say(fresh.querySelector("#said").innerHTML);
}

function showPanel(fresh) {
  const side = document.querySelector("#side");
  for (const section of side.querySelectorAll(":scope > section")) section.remove();
  side.append(...fresh.querySelectorAll("#side > section"));
}

function say(markup) {
  const said = document.querySelector("#said");
  if (said.innerHTML !== markup) said.innerHTML = markup;
}

const parse = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

/** What the customer chose in the prompt. */
prompt.addEventListener("tallystick-answer", async ({ detail: { id } }) => {
  if (id === "renew") return document.querySelector("#renew").requestSubmit();
  if (id === "enter_key") return location.assign("/?key");
  const answer = await fetch("/renewal/answer", { method: "POST", body: new URLSearchParams({ id }) });
  const { said } = await answer.json();
  if (said === null) prompt.view = null;
  else prompt.say(said);
  showPanel(await parse(await fetch("/")));
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-stay]")) return;
  event.preventDefault();
  const pressed = event.submitter?.value;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const answer = await fetch(form.action, { method: "POST", body });
  show(await answer.text());
  // The pressed button is gone: the focus goes to what now stands in its place, not back to the top of the page.
  document.querySelector(`#strip button[value="${pressed}"]`)?.focus();
});

/** Notices a renewal that was paid in another tab. Waits while somebody is using the panel, or has a code to type. */
async function look() {
  const side = document.querySelector("#side");
  if (document.hidden || side.contains(document.activeElement) || side.querySelector(".activation")) return;
  const answer = await fetch("/").catch(() => undefined);
  if (!answer?.ok) return;
  const page = await answer.text();
  const fresh = new DOMParser().parseFromString(page, "text/html");
  const state = (root) =>
    [...root.querySelectorAll("#side > section")].map((section) => section.innerHTML).join();
  if (state(fresh) !== state(document)) show(page);
}

// What stands in for the element where no script runs is not wanted beside it.
prompt.replaceChildren();
prompt.view = viewOf(document);
// A status line is read out only when it changes after the page has loaded.
setTimeout(() => {
  const said = document.querySelector("#said");
  const { innerHTML } = said;
  said.innerHTML = "";
  say(innerHTML);
}, 600);
setInterval(look, pauseMs);
document.addEventListener("visibilitychange", look);
