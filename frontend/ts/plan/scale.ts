// The days of the plan's picture, and the ghosts of bars where a change would put them.
const DAY_MS = 86_400_000;

/** From days to places in the drawing and back; lengths are those of the drawing. */
export class Scale {
  private readonly first: number;
  readonly dayWidth: number;

  constructor(readonly picture: SVGSVGElement) {
    this.first = Date.parse(`${picture.dataset["first"]}T00:00:00Z`);
    this.dayWidth = Number(picture.dataset["day"]);
  }

  x(day: string): number {
    return ((Date.parse(`${day}T00:00:00Z`) - this.first) / DAY_MS) * this.dayWidth;
  }

  day(x: number): string {
    return new Date(this.first + Math.round(x / this.dayWidth) * DAY_MS).toISOString().slice(0, 10);
  }
}

/** What a bar covers: its left end and its width. */
export const extentOf = (item: Element): { x: number; width: number } => {
  const bar = item.querySelector<SVGRectElement>(".hf-gantt-bar");
  if (bar) return { x: bar.x.baseVal.value, width: bar.width.baseVal.value };
  const box = item.querySelector<SVGPolygonElement>(".hf-gantt-mark")?.getBBox();
  return { x: box?.x ?? 0, width: box?.width ?? 0 };
};

export const ghostOf = (item: Element, x: number, width: number, isMain: boolean): SVGRectElement => {
  const bar = item.querySelector<SVGGraphicsElement>(".hf-gantt-bar, .hf-gantt-mark");
  const box = bar?.getBBox();
  const ghost = document.createElementNS(item.namespaceURI, "rect") as SVGRectElement;
  ghost.setAttribute("class", isMain ? "hf-gantt-ghost hf-gantt-ghost--main" : "hf-gantt-ghost");
  ghost.setAttribute("x", String(x));
  ghost.setAttribute("y", String((box?.y ?? 0) - 1));
  ghost.setAttribute("width", String(Math.max(width, 4)));
  ghost.setAttribute("height", String((box?.height ?? 14) + 2));
  return ghost;
};
