// Draws places on a map: markers that the keyboard reaches in the list's order, and beneath them
// either a tile service's pictures or the names of the districts.
import {
  DivIcon,
  Map as LeafletMap,
  Marker,
  Popup,
  TileLayer,
  control,
  latLngBounds,
} from "leaflet/dist/leaflet-src.esm.js";

const HANGUL = /[가-힣]/;
const FARTHEST = 10;
// Without tiles, so near that the next districts are still in sight.
const NEAREST = { plain: 13, tiled: 16 };
const SIDE = 4.4; // rem, of a marker
const ROOMY = 48; // rem: a map so wide has room for a card beside its controls
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

export function drawMap(canvas, { places, tiles, districts, words }) {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new LeafletMap(canvas, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    zoomAnimation: !isCalm,
    fadeAnimation: !isCalm,
    markerZoomAnimation: !isCalm,
    inertia: !isCalm,
    minZoom: FARTHEST,
    maxZoom: tiles ? 19 : NEAREST.tiled,
  });
  // Below, where it covers no popup: those open upwards.
  const { zoomIn: zoomInTitle, zoomOut: zoomOutTitle } = words;
  control.zoom({ position: "bottomright", zoomInTitle, zoomOutTitle }).addTo(map);
  const give = (way) => canvas.classList.toggle("map__canvas--full", way);
  map.on("popupopen", () => give(map.getSize().x < ROOMY * rem()));
  map.on("popupclose", () => give(false));
  control.scale({ imperial: false, maxWidth: 8 * rem() }).addTo(map);
  map.fitBounds(latLngBounds(places.map(({ point }) => point)), {
    padding: [SIDE * rem(), SIDE * rem()],
    maxZoom: tiles ? NEAREST.tiled : NEAREST.plain - (places.length === 1 ? 1 : 0),
    animate: false,
  });
  if (tiles) new TileLayer(tiles, { maxZoom: 19, alt: "" }).addTo(map);
  else nameDistricts(map, districts);
  const shifts = apart(places, map.getSize());
  places.forEach((place, index) => put(map, place, shifts[index], words));
  return map;
}

function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

function put(map, place, [right, down], words) {
  const kind = place.isAbout ? "map__marker map__marker--about" : "map__marker";
  const pin = element("span", "map__pin", place.number || "");
  const icon = new DivIcon({ className: kind, html: pin, iconSize: null });
  const marker = new Marker(place.point, { icon }).addTo(map);
  const shown = marker.getElement();
  shown.style.marginLeft = `${right - SIDE / 2}rem`;
  shown.style.marginTop = `${down - SIDE / (place.isAbout ? 2 : 1)}rem`;
  const number = place.number ? `${place.number}. ` : "";
  shown.setAttribute("aria-label", number + place.name + (place.isAbout ? `, ${words.about}` : ""));
  shown.addEventListener("focus", () => marker.setZIndexOffset(1000));
  shown.addEventListener("blur", () => marker.setZIndexOffset(0));
  shown.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    open();
  });
  marker.on("click", open);

  function open() {
    // What is left of the map's width beside the popup's own edges.
    const room = map.getSize().x - 20 - 3.6 * rem();
    const popup = new Popup({
      closeButton: false,
      autoPanPaddingTopLeft: [10, 10],
      autoPanPaddingBottomRight: [10, 6 * rem()],
      offset: [right * rem(), (down - (place.isAbout ? SIDE / 2 : SIDE)) * rem()],
      minWidth: Math.min(20 * rem(), room),
      maxWidth: Math.min(34 * rem(), room),
      maxHeight: map.getSize().y - 60,
    })
      .setLatLng(place.point)
      .setContent(card(place, words, close))
      .openOn(map);
    popup.getElement().addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
    popup.getElement().querySelector("a, button").focus();

    function close() {
      popup.close();
      shown.focus();
    }
  }
}

function card(place, words, close) {
  const box = element("div", "map__card");
  const name = place.url ? element("a", "text-link", place.name) : element("b", "", place.name);
  if (place.url) name.href = place.url;
  const title = element("p", "map__name", place.number ? `${place.number}. ` : "");
  title.append(spoken(name));
  box.append(title);
  if (place.address) box.append(spoken(element("p", "", place.address)));
  if (place.isAbout) box.append(element("p", "", words.aboutMore));
  const button = element("button", "krds-btn tertiary small", words.close);
  button.type = "button";
  button.addEventListener("click", close);
  box.append(button);
  return box;
}

// Korean words on a page in another language are read aloud in Korean.
function spoken(node) {
  if (HANGUL.test(node.textContent) && document.documentElement.lang !== "ko") node.lang = "ko";
  return node;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

// Many places are known by the middle of the same dong: those stand around it, not on each other.
function apart(places, size) {
  const groups = new Map();
  places.forEach(({ point }, index) => {
    const key = point.map((degree) => degree.toFixed(4)).join();
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const shifts = places.map(() => [0, 0]);
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    const room = (0.4 * Math.min(size.x, size.y)) / rem() / Math.sqrt(group.length);
    const step = Math.min(0.5 * SIDE, room);
    group.forEach((index, turn) => {
      const [far, angle] = [step * Math.sqrt(turn + 0.5), turn * GOLDEN_ANGLE];
      shifts[index] = [far * Math.cos(angle), far * Math.sin(angle)];
    });
  }
  return shifts;
}

// The names orient the eye; whoever listens is told each place's address.
function nameDistricts(map, districts) {
  const pane = map.createPane("districts");
  pane.setAttribute("aria-hidden", "true");
  const names = districts.map(([name, lat, lon]) => {
    const icon = new DivIcon({
      className: "map__district",
      html: element("span", "", name),
      iconSize: null,
    });
    const options = { icon, pane: "districts", interactive: false, keyboard: false };
    return new Marker([lat, lon], options).addTo(map);
  });
  const declutter = () => {
    const kept = [];
    for (const name of names) {
      const { x, y } = map.latLngToLayerPoint(name.getLatLng());
      const box = name.getElement().firstChild;
      const [wide, high] = [box.offsetWidth, box.offsetHeight];
      const meets = (other) =>
        Math.abs(other.x - x) < (other.wide + wide) / 2 + 4 &&
        Math.abs(other.y - y) < (other.high + high) / 2;
      const isKept = !kept.some(meets);
      name.getElement().classList.toggle("map__district--hidden", !isKept);
      if (isKept) kept.push({ x, y, wide, high });
    }
  };
  map.on("zoomend", declutter);
  declutter();
}
