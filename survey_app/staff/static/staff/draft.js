// The draft: in this browser only, for this poll only, wiped when done. On a shared computer it is never written; the
// switch of language carries it over once, through the tab's own memory.

export const draftKey = (poll) => `survey.draft.${poll}`;

function store(ofTab) {
  return ofTab ? window.sessionStorage : window.localStorage;
}

// True when it is kept; a browser may refuse (private window, no room).
export function keep(key, state, ofTab) {
  try {
    store(ofTab).setItem(key, JSON.stringify(state));
    return true;
  } catch (refused) {
    return false;
  }
}

export function take(key) {
  try {
    const moved = store(true).getItem(key);
    store(true).removeItem(key);
    const text = moved || store(false).getItem(key);
    return { state: text ? JSON.parse(text) : null, moved: Boolean(moved) };
  } catch (unreadable) {
    return { state: null, moved: false };
  }
}

export function wipe(key) {
  try {
    store(true).removeItem(key);
    store(false).removeItem(key);
  } catch (refused) {
    // nothing was kept there either
  }
}
