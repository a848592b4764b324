// Counts the seconds in which a change can be taken back, then takes its bar away.
export class Undo extends HTMLElement {
  private timer: number | undefined;

  connectedCallback(): void {
    let left = Number(this.dataset.seconds ?? "8");
    const shown = this.querySelector(".hf-undo-left");
    if (this.dataset.still !== undefined) return;
    this.timer = setInterval(() => {
      left -= 1;
      if (left <= 0) this.remove();
      else if (shown) shown.textContent = `${left} s`;
    }, 1000);
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }
}
