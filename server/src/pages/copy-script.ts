/**
 * Puts a button beside each field with `data-copy` that copies it whole, and fetches a part with `data-follow` again until
 * it has none. The page is complete without it: a field is selected by a click, and a page can be loaded again.
 */
export const copyScript = `for (const field of document.querySelectorAll("input[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = field.dataset.copy;
  button.setAttribute("aria-describedby", field.id);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "sub";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.focus();
      field.select();
      if (!document.execCommand("copy")) return;
    }
    said.textContent = field.dataset.copied;
  });
  field.after(button, said);
}
for (const field of document.querySelectorAll("input[readonly]")) field.addEventListener("focus", () => field.select());
for (const part of document.querySelectorAll("[data-follow]")) {
  let shown = part;
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (fresh === null) return;
      shown.replaceWith(fresh);
      shown = fresh;
      if (!fresh.hasAttribute("data-follow")) return;
    } catch {}
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
}
`;
