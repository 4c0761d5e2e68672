// Everything by keyboard. Keys that a text field needs for itself stay with it.
const inField = () => {
  const node = document.activeElement;
  return node && (node.tagName === "TEXTAREA" || node.tagName === "SELECT" || (node.tagName === "INPUT" && node.type !== "checkbox"));
};

export function listenToKeys(act) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const done = run(command, key, event);
    if (done) event.preventDefault();
  });

  function run(command, key, event) {
    if (command && key === "z") { (event.shiftKey ? act.redo : act.undo)(); return true; }
    if (command && key === "y") { act.redo(); return true; }
    if (command && key === "s") { act.save(); return true; }
    if (command && key === "d") return act.duplicateSelected();
    if (command && key === "enter") { act.addAfterSelected(); return true; }
    if (command && (key === "delete" || key === "backspace") && !inField()) return act.removeSelected();
    if (event.altKey && (key === "arrowup" || key === "arrowdown")) return act.stepSelected(key === "arrowup" ? -1 : 1);
    if (key === "delete" && !inField()) return act.removeSelected();
    if (key === "escape") { act.leave(); return true; }
    if (key === "f6") { act.column(event.shiftKey ? -1 : 1); return true; }
    return false;
  }
}
