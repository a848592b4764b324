// Menus are `details`, so they open without script; here they also close when one looks elsewhere.
const menus = "details.hf-person, details.hf-deal, details.hf-more";

export const closeMenusElsewhere = (): void => {
  const closeBut = (kept: Element | null): void => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(menus)) if (menu !== kept) menu.open = false;
  };
  document.addEventListener("click", (event) => closeBut((event.target as Element).closest(menus)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>(`:is(${menus})[open]`);
    closeBut(null);
    open?.querySelector("summary")?.focus();
  });
};
