// Copies a text to the clipboard. Without this script the text can be marked and copied by hand.
// All words come from the page.

function copyOldWay(field) {
  field.focus();
  field.select();
  return document.execCommand("copy");
}

async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return copyOldWay(field); // plain http, or a browser that asks and is refused
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const status = document.getElementById(`${button.dataset.copy}-status`);
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (await copy(field)) status.textContent = button.dataset.done;
  });
}
