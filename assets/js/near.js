// Fills in where one is, only when asked; to about 100 metres, because it stands in the address.
const PLACES = 3;
const WAIT_MS = 10_000;

export function offerNear(group) {
  if (!navigator.geolocation) return;
  const form = group.closest("form");
  const told = group.querySelector("[role=status]");
  group.hidden = false;
  group.querySelector("button").addEventListener("click", () => {
    told.textContent = group.dataset.wait;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        told.textContent = "";
        form.elements.near.value = `${coords.latitude.toFixed(PLACES)},${coords.longitude.toFixed(PLACES)}`;
        form.elements.near.disabled = false;
        form.elements.place.value = "";
        form.requestSubmit();
      },
      () => {
        told.textContent = group.dataset.failed;
      },
      { timeout: WAIT_MS, maximumAge: 60_000 },
    );
  });
}
