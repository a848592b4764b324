// Ctrl or Cmd with K: ask, choose with the arrows, go with Enter. What is found comes from `data-source`.
import htmx from "htmx.org";
import { keepRecent, recent } from "./recent";

export class Palette extends HTMLElement {
  private dialog: HTMLDialogElement | null = null;
  private asked: number | undefined;
  private readonly heard = new AbortController();

  connectedCallback(): void {
    this.dialog = this.querySelector("dialog");
    if (this.dataset.kept) keepRecent(this.dataset.kept);
    const { signal } = this.heard;
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.open();
      }
    }, { signal });
    document.addEventListener("click", (event) => {
      if (!(event.target as Element).closest("[data-palette]")) return;
      event.preventDefault();
      this.open();
    }, { signal });
    this.input?.addEventListener("input", () => this.ask());
    this.dialog?.addEventListener("keydown", (event) => this.pressed(event));
    this.dialog?.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog?.close();
    });
  }

  disconnectedCallback(): void {
    this.heard.abort();
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector("input");
  }

  private get list(): HTMLElement | null {
    return this.querySelector(".hf-palette-found");
  }

  private get found(): HTMLAnchorElement[] {
    return [...(this.list?.querySelectorAll<HTMLAnchorElement>("a") ?? [])];
  }

  private open(): void {
    if (!this.dialog || this.dialog.open) return;
    this.dialog.showModal();
    this.input?.select();
    this.ask();
  }

  private ask(): void {
    clearTimeout(this.asked);
    this.asked = setTimeout(() => void this.fetch(), 120);
  }

  private async fetch(): Promise<void> {
    const { list, input } = this;
    const source = this.dataset.source;
    if (!list || !input || !source) return;
    await htmx.ajax("get", source, { source: list, target: list, swap: "innerHTML", values: this.asks(input.value) });
    this.choose(0);
  }

  /** The words; without any, what was opened before, but for the page that is open now. */
  private asks(words: string): Record<string, string | string[]> {
    return words.trim() ? { q: words } : { q: "", recent: recent().filter((one) => one !== this.dataset.kept) };
  }

  private choose(place: number): void {
    const { found } = this;
    found.forEach((link, index) => {
      link.id ||= `hf-found-${index}`;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", String(index === place));
    });
    const chosen = found[place];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.input?.setAttribute("aria-activedescendant", chosen.id);
    else this.input?.removeAttribute("aria-activedescendant");
  }

  private pressed(event: KeyboardEvent): void {
    const { found } = this;
    const here = found.findIndex((link) => link.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") this.choose(Math.min(here + 1, found.length - 1));
    else if (event.key === "ArrowUp") this.choose(Math.max(here - 1, 0));
    else if (event.key === "Enter" && found[here]) {
      this.dialog?.close();
      found[here].click();
    } else return;
    event.preventDefault();
  }
}
