// Offers how what is being typed may go on, in a list of our own (ARIA combobox): the browsers' own
// lists show only what contains the typed letters, and so neither ㄴㅇㅂㅈㄱ nor 노인복ㅈ finds a word.
const WAIT_MS = 150;
const HANGUL = /[가-힣]/;

export function suggest(input) {
  const list = make("ul", {
    class: "suggestions",
    id: `${input.id}-suggestions`,
    role: "listbox",
    "aria-label": input.dataset.suggestLabel,
  });
  const told = make("p", { class: "sr-only", role: "status" });
  // A combobox may be a plain text box, but no search box.
  put(input, {
    type: "text",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
  });
  input.after(list, told);
  let timer;
  let asked;
  let active = -1;
  close();

  // While a syllable is being composed too: half a syllable already finds.
  input.addEventListener("input", () => {
    stop();
    const typed = input.value.trim();
    if (typed) timer = setTimeout(() => ask(typed), WAIT_MS);
    else show([]);
  });
  input.addEventListener("keydown", (event) => {
    // The keys that finish a syllable are the keyboard's, not ours.
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (act(event.key)) event.preventDefault();
  });
  input.addEventListener("blur", () => {
    stop();
    close();
  });
  input.form.addEventListener("submit", () => {
    stop();
    close();
  });
  // A press must not take the focus away, or the list is gone before the press ends.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });

  function act(key) {
    const count = list.children.length;
    if (key === "ArrowDown" && count) return point(list.hidden ? 0 : (active + 1) % count);
    if (key === "ArrowUp" && count) return point(active > 0 ? active - 1 : count - 1);
    if (key === "Escape" && !list.hidden) return close();
    if (key === "Enter" && !list.hidden && active >= 0) return choose(list.children[active]);
    return false;
  }

  async function ask(typed) {
    asked = new AbortController();
    const address = new URL(input.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    try {
      const response = await fetch(address, { signal: asked.signal });
      if (response.ok) show((await response.json()).results);
    } catch {
      // Without suggestions one types to the end.
    }
  }

  function show(results) {
    list.replaceChildren(
      ...results.map(({ text }, number) => {
        const id = `${list.id}-${number}`;
        const option = make("li", { id, role: "option", "aria-selected": "false" });
        option.textContent = text;
        if (HANGUL.test(text)) option.lang = "ko";
        return option;
      }),
    );
    if (!results.length) return close();
    open();
    told.textContent = input.dataset.suggestCount.replace("{n}", results.length);
  }

  function open() {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(-1);
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    told.textContent = "";
    return point(-1);
  }

  function point(number) {
    if (number >= 0 && list.hidden) open();
    list.children[active]?.setAttribute("aria-selected", "false");
    active = number;
    const option = list.children[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
    return true;
  }

  function choose(option) {
    input.value = option.textContent;
    stop();
    close();
    input.form.requestSubmit();
    return true;
  }

  function stop() {
    clearTimeout(timer);
    asked?.abort();
  }
}

function make(name, attributes) {
  return put(document.createElement(name), attributes);
}

function put(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
