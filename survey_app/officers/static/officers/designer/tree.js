// A document as a tree that is never changed: every edit gives a new root that shares what it did not touch.
// So undo is holding on to the old root, and a view sees by `===` what has to be drawn again.

export const get = (tree, path) =>
  path.reduce((node, key) => (node === undefined || node === null ? undefined : node[key]), tree);

const copyOf = (node, key) =>
  Array.isArray(node) ? node.slice() : node === undefined || node === null ? (typeof key === "number" ? [] : {}) : { ...node };

function withChanged(tree, path, change) {
  if (path.length === 0) return change(tree);
  const [key, ...rest] = path;
  const copy = copyOf(tree, key);
  copy[key] = withChanged(copy[key], rest, change);
  return copy;
}

// `undefined` takes the property away.
export function set(tree, path, value) {
  const key = path[path.length - 1];
  return withChanged(tree, path.slice(0, -1), (node) => {
    const copy = copyOf(node, key);
    if (value === undefined && !Array.isArray(copy)) delete copy[key];
    else copy[key] = value;
    return copy;
  });
}

export function insert(tree, listPath, at, ...values) {
  return withChanged(tree, listPath, (list) => {
    const copy = (list || []).slice();
    copy.splice(at, 0, ...values);
    return copy;
  });
}

export function removeAt(tree, listPath, at) {
  return withChanged(tree, listPath, (list) => list.filter((_, place) => place !== at));
}

// From one place of a list to another, as the places are before the move.
export function moveWithin(tree, listPath, from, to) {
  return withChanged(tree, listPath, (list) => {
    const copy = list.slice();
    const [moved] = copy.splice(from, 1);
    copy.splice(to, 0, moved);
    return copy;
  });
}
