// The page's script: htmx under a strict content policy, and the few elements of our own.
import htmx from "htmx.org";
import { Drawer } from "./drawer";
import { KeysSwitch, openKeysByKey } from "./keys";
import { closeMenusElsewhere } from "./menus";
import { Mentions } from "./mentions";
import { Palette } from "./palette";
import { PlanPicture } from "./plan/plan";
import { forgetRecentAtTheGate } from "./recent";
import { Register } from "./register";
import { ThemeSwitch } from "./theme_switch";
import { Undo } from "./undo";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages are private: none is kept in the browser's storage
htmx.config.refreshOnHistoryMiss = true;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "4(00|03|09|22)", swap: true, error: false }, // a refusal is an answer and is shown
  { code: "...", swap: false, error: true },
];

customElements.define("hf-drawer", Drawer);
customElements.define("hf-keys", KeysSwitch);
customElements.define("hf-mentions", Mentions);
customElements.define("hf-palette", Palette);
customElements.define("hf-plan", PlanPicture);
customElements.define("hf-register", Register);
customElements.define("hf-theme", ThemeSwitch);
customElements.define("hf-undo", Undo);
closeMenusElsewhere();
openKeysByKey();
forgetRecentAtTheGate();
