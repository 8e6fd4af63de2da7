/**
 * What the voucher page can do beyond a plain form. It takes the code out of the address's fragment, which never
 * reaches the server, and groups what is typed. It sends the form without losing it when the network fails, and copies
 * the serial.
 */
export const voucherScript = `"use strict";
const said = document.getElementById("said");
const say = (text) => { said.textContent = text; };

const grouped = (text) => text.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1").replace(/.{4}(?=.)/g, "$&-");

function prepareForm(form) {
  const input = form.elements.namedItem("code");
  const button = form.querySelector("button");
  const fragment = decodeFragment();
  if (fragment !== "") {
    input.value = grouped(fragment);
    say(said.dataset.filled);
  }
  // In the midst of the text the caret would jump.
  input.addEventListener("input", () => {
    if (input.selectionStart === input.value.length) input.value = grouped(input.value);
  });
  input.addEventListener("change", () => { input.value = grouped(input.value); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    send(form, button);
  });
}

// The fragment leaves the address, so that a shared or remembered address carries no code.
function decodeFragment() {
  const fragment = location.hash.slice(1);
  if (fragment === "") return "";
  history.replaceState(null, "", location.pathname + location.search);
  return /^[0-9A-Za-z-]{1,64}$/.test(fragment) ? fragment : "";
}

async function send(form, button) {
  button.setAttribute("aria-disabled", "true");
  say(said.dataset.looking);
  try {
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(location.href, { method: "POST", body, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const main = page.querySelector("main");
    if (main === null || main.querySelector("[data-focus]") === null) throw new Error("no such page");
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(main));
    say("");
    main.querySelector("[data-focus]").focus();
    prepare();
  } catch {
    button.removeAttribute("aria-disabled");
    say(said.dataset.silent);
  }
}

function prepareCopy(button) {
  const source = document.getElementById(button.dataset.copy);
  button.hidden = navigator.clipboard === undefined;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      say(said.dataset.copied);
    } catch {
      getSelection().selectAllChildren(source);
      say(said.dataset.select);
    }
  });
}

function prepare() {
  const form = document.querySelector("form");
  const copy = document.querySelector("button[data-copy]");
  if (form !== null) prepareForm(form);
  if (copy !== null) prepareCopy(copy);
}

prepare();
`;
