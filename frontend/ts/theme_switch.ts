// The three buttons that choose light, dark or what the system prefers.
export class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-choice]");
      if (button) this.choose(button.dataset.choice ?? "system");
    });
    this.show();
  }

  private choose(theme: string): void {
    try {
      if (theme === "system") localStorage.removeItem("hf-theme");
      else localStorage.setItem("hf-theme", theme);
    } catch {
      document.documentElement.dataset.bsTheme = theme; // for this page at least
    }
    dispatchEvent(new Event("hf-theme"));
    this.show();
  }

  private show(): void {
    let now = "system";
    try {
      now = localStorage.getItem("hf-theme") ?? "system";
    } catch {
      // storage may be forbidden
    }
    for (const button of this.querySelectorAll<HTMLElement>("[data-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.choice === now));
    }
  }
}
