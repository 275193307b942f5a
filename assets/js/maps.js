// Offers the places of a page on a map. The map itself is fetched when somebody opens it, and stays
// open while the list beneath it changes.
const drawn = new Map();
let isWanted = false;

export function offerMap(fold) {
  fold.hidden = false;
  fold.addEventListener("toggle", () => {
    isWanted = fold.open;
    showNumbers();
    if (fold.open) show(fold);
  });
  if (isWanted) fold.open = true;
}

// Lets go of maps that left the page, and has the list show its numbers beside one that is there.
export function showNumbers() {
  for (const [fold, map] of drawn) {
    if (fold.isConnected) continue;
    map.remove();
    drawn.delete(fold);
  }
  document.body.classList.toggle("has-map", document.querySelector("[data-map][open]") !== null);
  for (const list of document.querySelectorAll("[data-first]")) {
    list.style.counterReset = `place ${list.dataset.first - 1}`;
  }
}

async function show(fold) {
  if (drawn.has(fold)) return;
  const said = fold.querySelector("[data-map-said]");
  try {
    const [{ drawMap }] = await Promise.all([
      import(fold.dataset.script),
      styled(fold.dataset.style),
    ]);
    if (drawn.has(fold) || !fold.isConnected) return;
    const told = JSON.parse(fold.querySelector("script").textContent);
    drawn.set(fold, drawMap(fold.querySelector(".map__canvas"), told));
    said.textContent = "";
  } catch (fault) {
    said.textContent = fold.dataset.failed;
    throw fault;
  }
}

function styled(address) {
  if (document.querySelector(`link[href="${address}"]`)) return null;
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = done;
    link.onerror = failed;
    document.head.append(link);
  });
}
