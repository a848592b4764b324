// Offers, while a name is written after @, those who can see the comment; without script there is the list beside it.
const NAMING = /(?<![\p{L}\p{N}_@.])@([\p{L}\p{N}][\p{L}\p{N} .'’-]{0,60})?$/u;
const MOST = 8;

export class Mentions extends HTMLElement {
  private here = 0;
  private readonly list = document.createElement("ul");

  connectedCallback(): void {
    const { text } = this;
    if (!text) return;
    this.list.className = "hf-mention-list";
    this.list.id = `${text.id}_people`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Who can see this");
    this.list.hidden = true;
    text.after(this.list);
    text.setAttribute("aria-controls", this.list.id);
    text.setAttribute("aria-autocomplete", "list");
    text.addEventListener("input", () => this.offer());
    text.addEventListener("keydown", (event) => this.pressed(event));
    text.addEventListener("blur", () => this.close());
    this.addEventListener("change", () => this.narrow());
    this.narrow();
  }

  private get text(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  private get people(): HTMLOptionElement[] {
    return [...this.querySelectorAll<HTMLOptionElement>("select option[data-name]")].filter((one) => !one.disabled);
  }

  private get offered(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("li")];
  }

  /** Whom the chosen audience leaves out is not offered; who was chosen before stays, and the answer says why not. */
  private narrow(): void {
    const own = this.querySelector<HTMLInputElement>("input[name=audience][value=own]");
    for (const one of this.querySelectorAll<HTMLOptionElement>("select option[data-name]"))
      one.disabled = one.hidden = own?.checked === true && one.dataset.side !== this.dataset.side && !one.selected;
  }

  private written(): string | null {
    const { text } = this;
    const found = text ? NAMING.exec(text.value.slice(0, text.selectionStart)) : null;
    return found ? (found[1] ?? "") : null;
  }

  private offer(): void {
    const said = this.written()?.toLocaleLowerCase();
    if (said === undefined) return this.close();
    const begun = this.people.filter((one) => this.fits(one, said)).slice(0, MOST);
    this.list.replaceChildren(...begun.map((one, place) => this.line(one, place)));
    this.list.hidden = begun.length === 0;
    this.go(0);
  }

  private fits(one: HTMLOptionElement, said: string): boolean {
    const name = (one.dataset.name ?? "").toLocaleLowerCase();
    return name !== said && (name.startsWith(said) || name.split(" ").some((part) => part.startsWith(said)));
  }

  private line(one: HTMLOptionElement, place: number): HTMLLIElement {
    const line = document.createElement("li");
    line.id = `${this.list.id}_${place}`;
    line.setAttribute("role", "option");
    line.dataset.name = one.dataset.name;
    line.textContent = one.textContent;
    line.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take(line);
    });
    return line;
  }

  private go(place: number): void {
    const { offered } = this;
    this.here = (place + offered.length) % Math.max(1, offered.length);
    offered.forEach((one, index) => one.setAttribute("aria-selected", String(index === this.here)));
    const chosen = offered[this.here];
    if (chosen) this.text?.setAttribute("aria-activedescendant", chosen.id);
  }

  private pressed(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    const chosen = this.offered[this.here];
    if (event.key === "ArrowDown") this.go(this.here + 1);
    else if (event.key === "ArrowUp") this.go(this.here - 1);
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) this.take(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private take(chosen: HTMLElement): void {
    const { text } = this;
    const said = this.written();
    if (!text || said === null) return;
    const end = text.selectionStart;
    text.setRangeText(`${chosen.dataset.name ?? ""} `, end - said.length, end, "end");
    this.close();
  }

  private close(): void {
    this.list.hidden = true;
    this.text?.removeAttribute("aria-activedescendant");
  }
}
