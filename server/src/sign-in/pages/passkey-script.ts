/**
 * What pages need for passkeys: the browser's part of Web Authentication, with what it takes and gives as base64url. It
 * does so by hand: some programs that keep passkeys put objects in the browser's place that lack its own `toJSON`.
 */
const passkeyScript = `"use strict";
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join(""))
  .replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=+$/, "");
const withIds = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
const box = document.getElementById("passkeys");
const button = document.getElementById("passkey");
const problem = document.getElementById("passkey-problem");
const able = typeof PublicKeyCredential === "function" && navigator.credentials !== undefined;

async function post(path, body) {
  const headers = { "content-type": "application/json", accept: "application/json" };
  if (box.dataset.token !== undefined) headers["x-form-token"] = box.dataset.token;
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (response.ok) return answer;
  if (answer.code === "sign_in_stale") {
    location.assign("/sign-in?again=1&to=" + encodeURIComponent(location.pathname));
    return new Promise(() => {});
  }
  throw new Error(answer.code);
}

const common = (made) => ({
  id: made.id,
  rawId: text(made.rawId),
  type: made.type,
  authenticatorAttachment: made.authenticatorAttachment ?? undefined,
  clientExtensionResults: {},
});

function fail() {
  button.removeAttribute("aria-disabled");
  problem.textContent = box.dataset.failed;
  problem.hidden = false;
}

function whenPressed(work) {
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    problem.hidden = true;
    work().catch(fail);
  });
}
`;

/** Signs in by a passkey: by the button, or by what the browser offers in the field of the address. */
export const usePasskeyScript = `${passkeyScript}
let waiting = new AbortController();
// Nobody is told of a failure who has chosen nothing.
let chosen = false;

async function sign(more) {
  const { signal } = waiting;
  const options = await post("/sign-in/passkey/options", {});
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: withIds(options.allowCredentials) };
  const made = await navigator.credentials.get({ publicKey, signal, ...more });
  chosen = true;
  const { clientDataJSON, authenticatorData, signature, userHandle } = made.response;
  const response = {
    clientDataJSON: text(clientDataJSON),
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : undefined,
  };
  const answer = await post("/sign-in/passkey", { to: box.dataset.to, credential: { ...common(made), response } });
  location.assign(answer.location);
}

if (able) {
  box.hidden = false;
  whenPressed(() => {
    waiting.abort();
    waiting = new AbortController();
    return sign({});
  });
  const offers = PublicKeyCredential.isConditionalMediationAvailable;
  if (offers !== undefined && document.querySelector("input[name=mail]") !== null) {
    const { signal } = waiting;
    offers.call(PublicKeyCredential)
      .then((can) => (can && !signal.aborted ? sign({ mediation: "conditional" }) : undefined))
      .catch(() => { if (chosen && !signal.aborted) fail(); });
  }
}
`;

/** Adds a passkey to whoever is signed in. */
export const addPasskeyScript = `${passkeyScript}
async function add() {
  const options = await post("/sign-in/passkeys/options", {});
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: withIds(options.excludeCredentials),
    },
  });
  const { clientDataJSON, attestationObject } = made.response;
  const response = {
    clientDataJSON: text(clientDataJSON),
    attestationObject: text(attestationObject),
    transports: made.response.getTransports?.() ?? [],
  };
  await post("/sign-in/passkeys", { credential: { ...common(made), response } });
  location.reload();
}

if (able) {
  button.hidden = false;
  whenPressed(add);
} else {
  problem.textContent = box.dataset.unable;
  problem.hidden = false;
}
`;
