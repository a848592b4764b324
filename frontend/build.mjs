// Bundles the scripts and styles of the pages into the static files of `foundation`.
import { build } from "esbuild";
import { copyFile, readFile, rm } from "node:fs/promises";
import postcss from "postcss";
import { keepOnly } from "./tabler.mjs";

const out = "src/handfast/foundation/static/handfast";
const shared = { bundle: true, minify: true, target: ["es2022", "chrome111", "firefox111", "safari16.4"], logLevel: "info" };

// Tabler comes whole; only what look.md names is taken over.
const tabler = {
  name: "tabler",
  setup(made) {
    made.onLoad({ filter: /@tabler[\\/]core[\\/]dist[\\/]css[\\/]tabler\.css$/ }, async ({ path }) => {
      const whole = await readFile(path, "utf8");
      const { css } = await postcss([keepOnly()]).process(whole, { from: path, map: false });
      return { contents: css, loader: "css" };
    });
  },
};

await rm(out, { recursive: true, force: true });
await build({
  ...shared,
  entryPoints: { theme: "frontend/ts/theme.ts", app: "frontend/ts/app.ts" },
  outdir: out,
  format: "iife",
  legalComments: "eof",
});
await build({
  ...shared,
  entryPoints: { app: "frontend/app.css" },
  outdir: out,
  loader: { ".woff2": "file", ".svg": "file" },
  assetNames: "fonts/[name]",
  legalComments: "eof",
  plugins: [tabler],
});
await copyFile("frontend/mark.svg", `${out}/mark.svg`);
for (const face of ["inter", "jetbrains-mono"]) {
  await copyFile(`node_modules/@fontsource-variable/${face}/LICENSE`, `${out}/fonts/${face}-LICENSE.txt`);
}
