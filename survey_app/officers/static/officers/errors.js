// After a form came back with errors, reading starts at their summary.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
