// Drops from Tabler's stylesheet every rule for parts that Handfast does not use.
const families = [
  "card", "table", "btn", "badge", "form", "input", "nav", "dropdown", "offcanvas", "modal", "avatar",
  "progress", "toast", "row", "col", "container", "was-validated", "is-invalid", "is-valid", "invalid-feedback",
  "active", "disabled", "show", "fade", "collapse", "visually-hidden",
];
const left = /^(card-(stamp|ribbon|img|status|gradient|background|rotate|cover|avatar|chart|tabs|stacked)|btn-(?!outline-|ghost|link|sm|lg|icon|list|close|action|check|group|actions|primary|secondary|danger)|nav-(bordered|segmented|pills)|navbar|avatar-(cover|upload|brand)|form-(imagecheck|colorinput|selectgroup|floating|range)|table-(?!responsive|sm|hover|sort|vcenter|mobile|nowrap|active|center)|badge-(notification|blink|dot|pulse)|progress-(background|separated|steps|bar-indeterminate|indeterminate))/;
const utilities = /^(d-(sm-|md-|lg-|print-)?(none|block|flex|grid|inline|inline-block|inline-flex)|[mp][trblxyse]?-(0|1|2|3|4|auto)|g[xy]?-[0-4]|gap-[0-4]|flex-(fill|row|column|wrap|nowrap|grow-[01]|shrink-[01])|(align|justify)-(items|content|self)-\w+|text-(start|end|center|nowrap|wrap|break|truncate)|w-(100|auto)|h-100|position-(relative|absolute|sticky)|overflow-(auto|hidden)|float-end)$/;

const isKept = (name) => utilities.test(name)
  || (families.some((family) => name === family || name.startsWith(`${family}-`)) && !left.test(name));

export const keepOnly = () => ({
  postcssPlugin: "keep-only",
  OnceExit(root) {
    root.walkAtRules((rule) => {
      if (["font-face", "charset"].includes(rule.name)) rule.remove();
      if (rule.name === "keyframes" && !/^(placeholder|spinner)/.test(rule.params)) rule.remove();
    });
    root.walkDecls((declaration) => {
      if (declaration.value.includes("data:")) declaration.remove(); // our content policy admits files only
    });
    root.walkRules((rule) => {
      if (rule.parent?.type === "atrule" && rule.parent.name === "keyframes") return;
      const kept = rule.selectors.filter((selector) => {
        const bare = selector.replace(/:not\([^)]*\)/g, "");
        return [...bare.matchAll(/\.([\w-]+)/g)].every(([, name]) => isKept(name));
      });
      if (kept.length === 0) rule.remove();
      else rule.selectors = kept;
    });
    root.walkRules((rule) => {
      if (rule.nodes.length === 0) rule.remove();
    });
    root.walkAtRules((rule) => {
      if (rule.nodes?.length === 0) rule.remove();
    });
  },
});
