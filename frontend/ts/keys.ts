// Keys of one letter can be turned off, since whoever speaks to their machine types letters that they do not mean.
const KEPT = "hf-keys";

export const areKeysOn = (): boolean => {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true; // storage may be forbidden
  }
};

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

/** `?` opens the list of keys wherever nothing is typed and nothing else is open. */
export const openKeysByKey = (): void => {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || !areKeysOn() || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    document.querySelector<HTMLElement>("[data-keys]")?.click();
  });
};

/** The switch on the list of keys: a checkbox that only a script can give a meaning, so it is hidden until then. */
export class KeysSwitch extends HTMLElement {
  connectedCallback(): void {
    const box = this.querySelector("input");
    if (!box) return;
    this.hidden = false;
    box.checked = areKeysOn();
    box.addEventListener("change", () => {
      try {
        if (box.checked) localStorage.removeItem(KEPT);
        else localStorage.setItem(KEPT, "off");
      } catch {
        box.checked = true;
      }
    });
  }
}
