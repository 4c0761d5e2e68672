// A form that takes seconds to work is sent once, and says so. Without this script the server takes it once all the same.
// All words come from the page.
for (const form of document.querySelectorAll("form[data-once]")) {
  const button = form.querySelector("[type=submit]");
  const status = form.querySelector("[role=status]");
  const before = status.textContent;
  const mark = (sent) => {
    button.setAttribute("aria-disabled", String(sent));
    status.textContent = sent ? form.dataset.once : before;
  };
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
    else mark(true);
  });
  window.addEventListener("pageshow", () => mark(false)); // back from the next page, as the browser kept this one
}
