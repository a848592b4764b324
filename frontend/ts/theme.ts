// Loaded before anything is painted: the chosen theme, or what the system prefers.
const dark = matchMedia("(prefers-color-scheme: dark)");

const chosen = (): string | null => {
  try {
    return localStorage.getItem("hf-theme");
  } catch {
    return null; // storage may be forbidden: then the system decides
  }
};

const apply = (): void => {
  const theme = chosen() ?? (dark.matches ? "dark" : "light");
  document.documentElement.dataset.bsTheme = theme;
};

apply();
dark.addEventListener("change", apply);
addEventListener("storage", apply);
addEventListener("hf-theme", apply);
