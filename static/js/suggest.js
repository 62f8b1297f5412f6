// Suggestions under a search field, as an ARIA combobox: arrows choose, Enter opens, Escape closes. Without a script
// the field is a search field like any other.

const WAIT_MS = 120;
const SHORTEST = 2;

function element(tag, attributes, text) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

class Suggestions {
  constructor(row) {
    this.row = row;
    this.input = row.querySelector("input[type=search]");
    this.list = element("ul", { role: "listbox", class: "suggest", id: `${this.input.id}-suggest`, hidden: "hidden" });
    this.list.setAttribute("aria-label", this.input.labels[0]?.textContent ?? "");
    this.status = element("p", { role: "status", class: "visually-hidden" });
    row.append(this.list, this.status);
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.input.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const text = this.input.value.trim();
    this.request?.abort();
    if (text.length < SHORTEST) return this.close();
    this.request = new AbortController();
    try {
      const address = `${this.row.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(address, { signal: this.request.signal });
      if (answer.ok) this.show((await answer.json()).groups);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(groups) {
    this.list.replaceChildren();
    let number = 0;
    for (const [place, group] of groups.entries()) {
      const label = `${this.list.id}-group-${place}`;
      const part = element("ul", { role: "group", "aria-labelledby": label });
      part.append(element("li", { role: "presentation", class: "suggest__label", id: label }, group.label));
      for (const item of group.items) {
        const option = element("li", { role: "option", id: `${this.list.id}-${number}`, lang: item.lang }, item.label);
        option.setAttribute("aria-selected", "false");
        option.dataset.url = item.url;
        part.append(option);
        number += 1;
      }
      const holder = element("li", { role: "presentation" });
      holder.append(part);
      this.list.append(holder);
    }
    this.current = -1;
    this.list.hidden = number === 0;
    this.input.setAttribute("aria-expanded", String(number > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = number ? `${number} ${this.row.dataset.suggestCount}` : this.row.dataset.suggestEmpty;
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  key(event) {
    if (this.list.hidden) {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      this.ask(); // it was closed, or never opened
      return;
    }
    const options = this.options;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      // One place more than there are options: the field itself.
      const places = options.length + 1;
      this.choose(options, ((this.current + 1 + steps[event.key] + places) % places) - 1);
    } else if (event.key === "Enter" && this.current >= 0) {
      event.preventDefault();
      this.open(options[this.current]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  choose(options, place) {
    this.current = place;
    for (const [number, option] of options.entries()) option.setAttribute("aria-selected", String(number === place));
    if (place < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", options[place].id);
    options[place].scrollIntoView({ block: "nearest" });
  }

  open(option) {
    if (option) window.location.assign(option.dataset.url);
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort(); // an answer that comes late opens nothing
    this.list.hidden = true;
    this.current = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const row of document.querySelectorAll("[data-suggest]")) new Suggestions(row);
