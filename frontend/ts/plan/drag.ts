// Dragging a bar with the mouse: its body moves it, its right edge makes it longer or shorter.
import { extentOf, ghostOf, type Scale } from "./scale";

const EDGE = 7;
const FAR_ENOUGH = 4;

export interface Dropped {
  item: SVGGElement;
  asked: Record<string, string>;
}

/** Calls `dropped` once a bar was let go elsewhere, `clicked` where it was not moved. */
export class Drag {
  private item: SVGGElement | null = null;
  private ghost: SVGRectElement | null = null;
  private from = { pointer: 0, x: 0, width: 0 };
  private isEdge = false;

  constructor(
    private readonly scale: () => Scale | null,
    private readonly dropped: (found: Dropped) => void,
    private readonly clicked: (item: SVGGElement) => void,
  ) {}

  begin(event: PointerEvent): void {
    const item = (event.target as Element).closest<SVGGElement>(".hf-gantt-item");
    if (!item || event.button !== 0) return;
    this.item = item;
    this.from = { pointer: event.clientX, ...extentOf(item) };
    const right = item.querySelector(".hf-gantt-bar")?.getBoundingClientRect().right;
    this.isEdge = right !== undefined && this.from.width > 2 * EDGE && right - event.clientX <= EDGE;
  }

  move(event: PointerEvent): void {
    const { item } = this;
    const scale = this.scale();
    if (!item || !scale || item.dataset["still"] !== undefined || event.pointerType === "touch") return;
    const by = event.clientX - this.from.pointer;
    if (!this.ghost && Math.abs(by) < FAR_ENOUGH) return;
    const x = this.isEdge ? this.from.x : this.from.x + by;
    const width = this.isEdge ? Math.max(this.from.width + by, scale.dayWidth / 2) : this.from.width;
    const ghost = ghostOf(item, x, width, true);
    if (this.ghost) this.ghost.replaceWith(ghost);
    else scale.picture.append(ghost);
    this.ghost = ghost;
    event.preventDefault();
  }

  end(event: PointerEvent): void {
    const { item, ghost } = this;
    const scale = this.scale();
    this.item = this.ghost = null;
    if (!item || !scale) return;
    if (!ghost) {
      this.clicked(item);
      return;
    }
    const by = event.clientX - this.from.pointer;
    ghost.remove();
    const end = this.from.x + this.from.width + by - scale.dayWidth;
    const isMark = item.querySelector(".hf-gantt-mark") !== null;
    const start = isMark ? this.from.x + this.from.width / 2 - scale.dayWidth / 2 + by : this.from.x + by;
    this.dropped({ item, asked: this.isEdge ? { ends_on: scale.day(end) } : { starts_on: scale.day(start) } });
  }

  leave(): void {
    this.ghost?.remove();
    this.item = this.ghost = null;
  }
}
