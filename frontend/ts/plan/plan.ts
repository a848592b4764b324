// The plan's picture under the hand: a bar is dragged or moved by keys, and the server tells what that would do.
import { Drag } from "./drag";
import { ghostOf, Scale } from "./scale";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
const WAIT_MS = 180; // keys come in bursts: the server is asked once they pause

export class PlanPicture extends HTMLElement {
  private readonly heard = new AbortController();
  private readonly drag = new Drag(() => this.scale, ({ item, asked }) => void this.ask(item.dataset["activity"] ?? "", asked), (item) => this.chosen(item.dataset["activity"] ?? ""));
  private steps = { activity: "", days: 0, longer: 0 };
  private waiting: number | undefined;
  private asking = new AbortController();

  connectedCallback(): void {
    const { signal } = this.heard;
    this.addEventListener("pointerdown", (event) => this.drag.begin(event), { signal });
    document.addEventListener("pointermove", (event) => this.drag.move(event), { signal });
    document.addEventListener("pointerup", (event) => this.drag.end(event), { signal });
    document.addEventListener("pointercancel", () => this.drag.leave(), { signal });
    this.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
    document.addEventListener("keydown", (event) => this.pressed(event), { signal });
    this.addEventListener("submit", (event) => this.submitted(event), { signal });
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    this.addEventListener("change", () => this.count(), { signal });
    document.addEventListener("scroll", () => this.keepHead(), { signal, passive: true });
    this.count();
    this.goToToday();
  }

  disconnectedCallback(): void {
    this.heard.abort();
  }

  private get scale(): Scale | null {
    const picture = this.querySelector<SVGSVGElement>(".hf-gantt-picture");
    return picture && new Scale(picture);
  }

  private get aside(): HTMLElement | null {
    return this.querySelector(".hf-plan-aside");
  }

  private rowLink(activity: string | undefined): HTMLAnchorElement | null {
    return this.querySelector(`tr[data-activity="${activity}"] a.hf-gantt-words`);
  }

  private pressed(event: KeyboardEvent): void {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && this.aside?.firstElementChild) {
      this.leave();
      event.preventDefault();
      return;
    }
    if (isTyping(event.target) || event.ctrlKey || event.metaKey) return;
    const row = (document.activeElement as Element | null)?.closest<HTMLTableRowElement>("hf-plan tr[data-activity]");
    if (!row) return;
    if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      this.step(row.dataset["activity"] ?? "", event.key === "ArrowRight" ? 1 : -1, event.shiftKey);
    } else if (!event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      this.go(row, event.key === "ArrowDown" ? 1 : -1);
    } else if (!event.altKey && event.key.toLowerCase() === "x") {
      row.querySelector<HTMLInputElement>(".hf-tick")?.click();
    } else return;
    event.preventDefault();
  }

  private count(): void {
    const chosen = this.querySelectorAll("tbody .hf-tick:checked").length;
    for (const shown of this.querySelectorAll("[data-count]")) shown.textContent = String(chosen);
  }

  /** A long plan opens at today, a third from the left, where today would not be in sight. */
  private goToToday(): void {
    const scroll = this.querySelector<HTMLElement>(".hf-gantt-scroll");
    const today = scroll?.querySelector<SVGLineElement>(".hf-gantt-today")?.x1.baseVal.value;
    if (scroll && today !== undefined && today > scroll.clientWidth * 0.9) scroll.scrollLeft = today - scroll.clientWidth / 3;
  }

  /** The months stay in sight while the rows pass beneath: what scrolls sideways cannot be sticky upwards by style alone. */
  private keepHead(): void {
    const head = this.querySelector<SVGGElement>(".hf-gantt-top");
    const picture = head?.ownerSVGElement;
    if (!head || !picture) return;
    const { top, height } = picture.getBoundingClientRect();
    const under = document.querySelector(".hf-top")?.getBoundingClientRect().bottom ?? 0;
    const by = Math.round(Math.max(0, Math.min(under - top, height - 2 * head.getBBox().height)));
    head.classList.toggle("is-kept", by > 0);
    head.setAttribute("transform", `translate(0 ${by})`);
  }

  private go(row: HTMLTableRowElement, by: number): void {
    const links = [...this.querySelectorAll<HTMLAnchorElement>("tr[data-activity] a.hf-gantt-words")].filter((one) => one.offsetParent);
    const here = links.findIndex((one) => row.contains(one));
    links[Math.min(Math.max(here + by, 0), links.length - 1)]?.focus();
  }

  private step(activity: string, by: number, isLonger: boolean): void {
    if (this.steps.activity !== activity) this.steps = { activity, days: 0, longer: 0 };
    if (isLonger) this.steps = { activity, days: 0, longer: this.steps.longer + by };
    else this.steps = { activity, days: this.steps.days + by, longer: 0 };
    const { days, longer } = this.steps;
    clearTimeout(this.waiting);
    if (days === 0 && longer === 0) {
      this.leave();
      return;
    }
    const asked: Record<string, string> = longer ? { longer: String(longer) } : { days: String(days) };
    this.waiting = setTimeout(() => void this.ask(activity, asked), WAIT_MS);
  }

  /** Asks the server what a move would do, and shows its answer beside the picture. */
  private async ask(activity: string, asked: Record<string, string>): Promise<void> {
    const address = this.rowLink(activity)?.href;
    if (!address || this.dataset["moves"] === undefined) return;
    this.asking.abort();
    this.asking = new AbortController();
    const query = new URLSearchParams({ ...asked, zoom: this.dataset["zoom"] ?? "weeks" });
    try {
      const answer = await fetch(`${address}effect/?${query.toString()}`, { headers: { "HX-Request": "true" }, signal: this.asking.signal });
      this.show(await answer.text());
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
    }
  }

  private show(text: string): void {
    const found = new DOMParser().parseFromString(text, "text/html").querySelector(".hf-effect, .hf-why, .hf-refused");
    if (!found || !this.aside) return;
    this.aside.replaceChildren(document.adoptNode(found));
    this.drawGhosts();
  }

  private drawGhosts(): void {
    const { scale } = this;
    this.clearGhosts();
    const effect = this.aside?.querySelector<HTMLElement>(".hf-effect");
    if (!scale || !effect) return;
    for (const one of (effect.dataset["moves"] ?? "").split(" ").filter(Boolean)) {
      const [activity, starts, ends] = one.split(":");
      const item = this.querySelector(`.hf-gantt-item[data-activity="${activity}"]`);
      if (!item || !starts || !ends) continue;
      const isMark = item.querySelector(".hf-gantt-mark") !== null;
      const x = scale.x(isMark ? ends : starts);
      scale.picture.append(ghostOf(item, x, scale.x(ends) + scale.dayWidth - x, activity === effect.dataset["activity"]));
    }
  }

  private clearGhosts(): void {
    for (const ghost of this.querySelectorAll(".hf-gantt-ghost")) ghost.remove();
  }

  private leave(): void {
    const { activity } = this.steps;
    const wasInside = this.aside?.contains(document.activeElement) ?? false;
    const shown = this.aside?.querySelector<HTMLElement>("[data-activity]")?.dataset["activity"];
    clearTimeout(this.waiting);
    this.asking.abort();
    this.steps = { activity: "", days: 0, longer: 0 };
    this.aside?.replaceChildren();
    for (const row of this.querySelectorAll("tr.is-chosen")) row.classList.remove("is-chosen");
    this.clearGhosts();
    if (wasInside) this.rowLink(shown ?? activity)?.focus();
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    if (target.closest("[data-effect-leave]")) {
      event.preventDefault();
      this.leave();
      return;
    }
    // A click by the mouse tells why beside the picture where there is room; Enter opens the drawer.
    const row = target.closest("a.hf-gantt-words")?.closest<HTMLElement>("tr[data-activity]");
    const isPlain = event.detail > 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!row || !isPlain || !this.hasRoom) return;
    event.preventDefault();
    void this.tell(row.dataset["activity"] ?? "");
  }

  private get hasRoom(): boolean {
    return matchMedia("(min-width: 1200px)").matches;
  }

  private chosen(activity: string): void {
    if (this.hasRoom) void this.tell(activity);
    else this.rowLink(activity)?.click();
  }

  /** Why an activity is when it is, beside the picture. */
  private async tell(activity: string): Promise<void> {
    const link = this.rowLink(activity);
    if (!link) return;
    this.leave();
    const answer = await fetch(link.href);
    this.show(await answer.text());
    for (const row of this.querySelectorAll("tr.is-chosen")) row.classList.remove("is-chosen");
    link.closest("tr")?.classList.add("is-chosen");
    link.focus({ preventScroll: true });
  }

  /** The forms beside the picture are sent without leaving it: what came of them is drawn in place. */
  private submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (!form.closest(".hf-plan-aside, .hf-plan-undo")) return;
    event.preventDefault();
    void this.send(form);
  }

  private async send(form: HTMLFormElement): Promise<void> {
    const activity = form.closest<HTMLElement>("[data-activity]")?.dataset["activity"];
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = page.querySelector("hf-plan");
    if (!made) {
      const found = page.querySelector(".hf-effect, .hf-conflict, .hf-refused");
      if (found && this.aside) this.aside.replaceChildren(document.adoptNode(found));
      this.drawGhosts();
      return;
    }
    this.leave();
    this.redraw(page, made);
    this.rowLink(activity)?.focus({ preventScroll: true });
  }

  private redraw(page: Document, made: Element): void {
    const [left, top] = [this.querySelector(".hf-gantt-scroll")?.scrollLeft ?? 0, scrollY];
    document.querySelector(".hf-messages")?.remove();
    const said = page.querySelector(".hf-messages");
    const head = page.querySelector(".hf-head");
    if (head) document.querySelector(".hf-head")?.replaceWith(document.adoptNode(head));
    if (said) document.querySelector(".hf-head")?.after(document.adoptNode(said));
    this.replaceChildren(...[...made.childNodes].map((one) => document.adoptNode(one)));
    const scroll = this.querySelector(".hf-gantt-scroll");
    if (scroll) scroll.scrollLeft = left;
    scrollTo({ top, behavior: "instant" });
  }
}
