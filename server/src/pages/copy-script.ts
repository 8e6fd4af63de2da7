/**
 * Puts a button beside each field with `data-copy` that copies it whole. The page is complete without it: a field is
 * selected by a click. It changes nothing else and sends nothing.
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
`;
