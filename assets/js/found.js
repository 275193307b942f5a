// Says how many were found after a filter changed the list in place, and takes nobody's focus.
export function tellFound(root) {
  const said = root.querySelector("[data-said]");
  const found = root.querySelector("[data-found]");
  if (said && found) said.textContent = found.textContent;
}
