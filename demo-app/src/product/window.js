// Keeps the window current without leaving it, so that a half-painted picture and the focus stay.
const pauseMs = 4000;

/** Puts the changed parts of a fresh page in place. The status line is filled, not replaced: only then is it read out. */
function show(page) {
  const fresh = new DOMParser().parseFromString(page, "text/html");
  const message = fresh.querySelector("#said");
  const [side, strip] = ["#side", "#strip"].map((id) => document.querySelector(id));
  for (const section of side.querySelectorAll("section")) section.remove();
  side.append(...fresh.querySelectorAll("#side > section"));
  strip.innerHTML = fresh.querySelector("#strip").innerHTML;
  say(message.innerHTML);
}

function say(markup) {
  const prompt = document.querySelector("#prompt-title")?.textContent ?? "";
  const said = document.querySelector("#said");
  const next = markup.trim() === "" && prompt !== "" ? `<p class="unseen">${prompt}</p>` : markup;
  if (said.innerHTML !== next) said.innerHTML = next;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-stay]")) return;
  event.preventDefault();
  const wasInPrompt = form.closest("#prompt") !== null;
  const pressed = event.submitter?.value;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const answer = await fetch(form.action, { method: "POST", body });
  show(await answer.text());
  // The pressed button is gone: the focus goes to what now stands in its place, not back to the top of the page.
  if (wasInPrompt) document.querySelector("#licence-title").focus();
  else document.querySelector(`#strip button[value="${pressed}"]`)?.focus();
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

// A status line is read out only when it changes after the page has loaded.
setTimeout(() => say(document.querySelector("#said").innerHTML), 600);
setInterval(look, pauseMs);
document.addEventListener("visibilitychange", look);
