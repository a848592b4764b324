// Writes the drawing of each icon named here for templates to inline (Tabler Icons, MIT).
// Run after `npm install --no-save @tabler/icons@3.51.0`.
import { mkdir, readFile, writeFile } from "node:fs/promises";

const names = `
  adjustments-horizontal alert-triangle arrow-right arrow-back-up arrows-sort bell bolt braces building calendar-event
  calendar-time check chevron-down chevron-left chevron-right chevron-up clock-exclamation clock columns-3 copy dots
  download external-link eye file-check file-text file-type-pdf files filter fingerprint flag history inbox
  info-circle key layout-grid link list lock logout mail menu-2 message minus moon pencil player-pause player-play
  plus refresh scale search selector settings shield signature sun table-export trash upload user users video writing-sign x
  chart-line tag git-branch refresh-alert world door-exit home robot report
`.trim().split(/\s+/);
const into = "src/handfast/foundation/templates/foundation/icons";

await mkdir(into, { recursive: true });
for (const name of names) {
  const drawn = await readFile(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const inner = drawn.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/<path stroke="none"[^>]*\/>/, "");
  await writeFile(`${into}/${name}.svg`, `${inner.trim().split("\n").map((line) => line.trim()).join("")}\n`);
}
