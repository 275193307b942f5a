// Takes a number that stands after # in the address (which no browser sends) into its field.
export function takeFromHash(root) {
  const field = root.querySelector("[data-after-hash]");
  const told = location.hash.slice(1);
  if (!field || field.value || !/^\d{8}$/.test(told)) return;
  field.value = told;
  // Nothing stays in the address bar, nor in what the browser remembers of it.
  history.replaceState(null, "", location.pathname);
  field.focus();
}
