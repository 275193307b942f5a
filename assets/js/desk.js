import "./counter.js";

// Unfold's script writes the name of a chosen file into the text field of its own file widget, and
// stumbles over a file field that stands alone: ours show the name themselves. It passes by a field
// that has been listened to; this runs before it, which waits for the page to have loaded.
for (const field of document.querySelectorAll("input[type=file]")) {
  field.hasChangeListener = true;
}

// Django's script draws the help beside its lists of rights as marks with a name, and says of what
// kind they are to nobody.
addEventListener("load", () => {
  for (const mark of document.querySelectorAll(".help-tooltip[aria-label]")) {
    mark.setAttribute("role", "img");
  }
});

// Unfold hides the page until its script has begun, and a browser leaves what is hidden out of
// autofocus: whoever works by keyboard would have to come through the whole menu first.
addEventListener("load", () => {
  if (document.activeElement === document.body) {
    document.querySelector("[autofocus]")?.focus();
  }
});
