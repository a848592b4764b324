// Opens links marked `data-drawer` over the page; their address stays their own, so a reload shows the page itself.
import htmx from "htmx.org";

const plain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;

export class Drawer extends HTMLElement {
  private readonly dialog = document.createElement("dialog");
  private readonly inner = document.createElement("div");
  private opener: HTMLElement | null = null;
  private readonly heard = new AbortController();

  connectedCallback(): void {
    this.dialog.className = "hf-drawer-box";
    this.dialog.setAttribute("aria-label", this.dataset.label ?? "Details");
    this.inner.className = "hf-drawer-inner";
    this.dialog.append(this.inner);
    this.append(this.dialog);
    const { signal } = this.heard;
    document.addEventListener("click", (event) => this.clicked(event), { signal });
    addEventListener("popstate", () => this.follow(), { signal });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.leave();
    });
  }

  disconnectedCallback(): void {
    this.heard.abort();
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    if (target === this.dialog || target.closest("[data-drawer-close]")) {
      if (!this.dialog.open) return;
      event.preventDefault();
      this.leave();
      return;
    }
    const link = target.closest<HTMLAnchorElement>("a[data-drawer]");
    if (!link || !plain(event) || link.origin !== location.origin) return;
    event.preventDefault();
    const isInside = this.dialog.contains(link);
    if (!isInside) this.opener = link;
    history[isInside ? "replaceState" : "pushState"]({ drawer: link.href }, "", link.href);
    void this.open(link.href);
  }

  private async open(address: string): Promise<void> {
    if (!this.dialog.open) {
      this.inner.replaceChildren(this.waiting());
      this.dialog.showModal();
    }
    await htmx.ajax("get", address, { source: this.inner, target: this.inner, swap: "innerHTML", select: ".hf-drawer-page" });
    if (!this.inner.querySelector(".hf-drawer-page")) {
      location.assign(address); // a refusal or a page of another kind shows itself
      return;
    }
    this.inner.scrollTop = 0;
    const heading = this.inner.querySelector<HTMLElement>(".hf-drawer-line :is(h1, h2)");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }

  private waiting(): HTMLElement {
    const line = document.createElement("p");
    line.className = "hf-drawer-wait";
    line.setAttribute("role", "status");
    line.textContent = "Loading …";
    return line;
  }

  private leave(): void {
    history.back();
  }

  private follow(): void {
    const address = (history.state as { drawer?: string } | null)?.drawer;
    if (address) {
      void this.open(address);
      return;
    }
    if (!this.dialog.open) return;
    this.dialog.close();
    this.inner.replaceChildren();
    this.opener?.focus();
    this.opener = null;
  }
}
