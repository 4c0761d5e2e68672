// The document that is being edited, what is selected, and every state before: undo and redo are changing roots.
const MOST_STEPS = 500;

// `onEdit(before, after)`: what an edit brings with it, as part of the same step.
export function makeStore(document, { onEdit = (before, after) => after } = {}) {
  let now = document;
  let selected = null; // an item's or section's id, or null for the questionnaire itself
  let past = [];
  let future = [];
  let typing = null; // the field whose letters belong to one step
  const listeners = [];

  const tell = (what) => listeners.forEach((listen) => listen(what));

  return {
    get document() { return now; },
    get selected() { return selected; },
    get canUndo() { return past.length > 0; },
    get canRedo() { return future.length > 0; },
    listen(listener) { listeners.push(listener); },

    // `field`: the name of the field being typed in; its letters become one step until another field or edit.
    apply(next, { field = null, select = selected } = {}) {
      if (next === now && select === selected) return;
      if (next !== now) {
        next = onEdit(now, next);
        if (field === null || field !== typing) past.push({ document: now, selected });
        if (past.length > MOST_STEPS) past = past.slice(-MOST_STEPS);
        future = [];
      }
      typing = field;
      now = next;
      selected = select;
      tell({ field });
    },
    select(id) {
      typing = null;
      if (id === selected) return;
      selected = id;
      tell({ field: null });
    },
    endTyping() { typing = null; },
    undo() { swap(past, future); },
    redo() { swap(future, past); },
    // What came from elsewhere (a colleague's state, a recovered one) is a step that can be undone too.
    replace(next) {
      past.push({ document: now, selected });
      future = [];
      typing = null;
      now = next;
      tell({ field: null });
    },
  };

  function swap(from, to) {
    const step = from.pop();
    if (!step) return;
    to.push({ document: now, selected });
    typing = null;
    now = step.document;
    selected = step.selected;
    tell({ field: null });
  }
}
