// What was opened before, as addresses alone: their names are asked anew, of whoever is signed in then.
const KEPT = "hf-recent";
const MOST = 6;

export const recent = (): string[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string").slice(0, MOST + 1) : [];
  } catch {
    return []; // storage may be forbidden, or hold something else
  }
};

export const keepRecent = (address: string): void => {
  try {
    localStorage.setItem(KEPT, JSON.stringify([address, ...recent().filter((one) => one !== address)].slice(0, MOST + 1)));
  } catch {
    // storage may be forbidden: then nothing is kept
  }
};

/** At the gate nobody is signed in: what the last one opened is forgotten. */
export const forgetRecentAtTheGate = (): void => {
  try {
    if (document.querySelector(".hf-gate")) localStorage.removeItem(KEPT);
  } catch {
    // storage may be forbidden: then nothing was kept
  }
};
