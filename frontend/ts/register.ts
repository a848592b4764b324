// The keys of a register: J and K go through the rows, X ticks one, E edits it, F filters, Enter opens, C begins a new one.
// In a cell that is open Enter saves and Esc leaves.
import { areKeysOn, isTyping } from "./keys";

/** Saves or leaves an open cell; Enter is the cell's own, since it stands in the form that writes a new row. */
const inCell = (event: KeyboardEvent): boolean => {
  const cell = event.target instanceof Element ? event.target.closest("[data-cell]") : null;
  const isControl = event.target instanceof Element && event.target.matches("input, select");
  if (!cell || event.isComposing) return false;
  if (event.key === "Escape") cell.querySelector<HTMLElement>("[data-leave]")?.click();
  else if (event.key === "Enter" && isControl) cell.querySelector<HTMLElement>("[data-save]")?.click();
  else return false;
  return true;
};

export class Register extends HTMLElement {
  private here = -1;
  private readonly heard = new AbortController();

  connectedCallback(): void {
    document.addEventListener("keydown", (event) => this.pressed(event), { signal: this.heard.signal });
    this.addEventListener("change", (event) => this.ticked(event));
    this.addEventListener("htmx:afterSettle", () => this.mark());
    this.count();
    this.nameKeys();
  }

  disconnectedCallback(): void {
    this.heard.abort();
  }

  private get rows(): HTMLTableRowElement[] {
    return [...this.querySelectorAll<HTMLTableRowElement>("tbody tr:not(.hf-group)")];
  }

  private get ticks(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("tbody .hf-tick")];
  }

  private pressed(event: KeyboardEvent): void {
    if (inCell(event)) return event.preventDefault();
    if (!areKeysOn() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const row = this.rows[this.here];
    const key = event.key.toLowerCase();
    if (key === "j") this.go(this.here + 1);
    else if (key === "k") this.go(this.here - 1);
    else if (key === "x" && row) row.querySelector<HTMLInputElement>(".hf-tick")?.click();
    else if (key === "e" && row) this.edit(row);
    else if (key === "f" || key === "/") this.querySelector<HTMLElement>("[data-filter]")?.focus();
    else if (key === "c") document.querySelector<HTMLElement>("[data-key='c']")?.click();
    else if (key === "enter" && row && event.target === document.body) row.querySelector<HTMLElement>("a")?.click();
    else return;
    event.preventDefault();
  }

  private go(place: number): void {
    const { rows } = this;
    if (rows.length === 0) return;
    this.here = Math.max(0, Math.min(place, rows.length - 1));
    this.mark();
    const row = rows[this.here];
    if (!row) return;
    row.scrollIntoView({ block: "nearest" });
    // The focus goes along, so that Tab and Enter go on from here: to the link before the tick, in which Enter would send the form.
    const first = row.querySelector<HTMLElement>("a[href]") ?? row.querySelector<HTMLElement>("button, input, select");
    if (!first) row.tabIndex = -1;
    (first ?? row).focus({ preventScroll: true });
  }

  private mark(): void {
    this.rows.forEach((row, index) => row.classList.toggle("hf-is-here", index === this.here));
  }

  /** The cell that has the focus, else the first of the row that can be edited. */
  private edit(row: HTMLTableRowElement): void {
    const focused = row.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>("[data-edit]") : null;
    (focused ?? row.querySelector<HTMLElement>("[data-edit]"))?.click();
  }

  /** Under the list only the keys are named that do something in it; without script none is. */
  private nameKeys(): void {
    const works: Record<string, boolean> = {
      rows: this.rows.length > 0,
      ticks: this.ticks.length > 0,
      edit: this.querySelector("[data-edit]") !== null,
      filter: this.querySelector("[data-filter]") !== null,
    };
    for (const named of this.querySelectorAll<HTMLElement>("[data-works]")) named.hidden = !works[named.dataset["works"] ?? ""];
    for (const keys of this.querySelectorAll<HTMLElement>(".hf-keys")) keys.hidden = !areKeysOn() || !Object.values(works).some(Boolean);
  }

  private ticked(event: Event): void {
    const box = event.target as HTMLInputElement;
    if (box.matches("[data-all]")) for (const tick of this.ticks) tick.checked = box.checked;
    this.count();
  }

  private count(): void {
    const { ticks } = this;
    const chosen = ticks.filter((tick) => tick.checked).length;
    const all = this.querySelector<HTMLInputElement>("[data-all]");
    if (all) {
      all.checked = chosen > 0 && chosen === ticks.length;
      all.indeterminate = chosen > 0 && chosen < ticks.length;
    }
    for (const shown of this.querySelectorAll("[data-count]")) shown.textContent = String(chosen);
  }
}
