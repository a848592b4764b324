"""Somebody's hand and eyes before a page: every step is counted, and what it would take them is reckoned.

The keystroke-level model of Card, Moran and Newell (The keystroke-level model for user performance time with interactive
systems, Communications of the ACM 23, 1980): a key 0.28 s (an average non-secretary typist), pointing 1.1 s, a button 0.2 s
(pressed and let go), the hand from mouse to keys or back 0.4 s, the mind made up 1.35 s. Reading at 238 words a minute
(Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109, 2019): every page is read whole, once
each time it is opened. The answer of the server is taken as a second, a file that is chosen as ten.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.desk import worked

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

KEY, POINT, BUTTON, HAND, MIND = 0.28, 1.1, 0.2, 0.4, 1.35
ANSWER, FILE = 1.0, 10.0
WORDS_A_SECOND = 238 / 60
CLICK = MIND + POINT + BUTTON
READ = """() => {
  const main = (document.querySelector('main') || document.body).cloneNode(true);
  for (const one of main.querySelectorAll('option, script, style, template, pre, textarea, svg')) one.remove();
  return main.textContent;
}"""


class Hand:
    """What is done with a page, step by step; `seconds` is the sum, `steps` what each was."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps: list[str] = []
        self.seconds = 0.0

    def _took(self, step: str, seconds: float) -> None:
        self.steps.append(step)
        self.seconds += seconds

    def reads(self) -> None:
        """The page that is open, whole."""
        self.page.wait_for_load_state()
        words = re.findall(r"\w+", self.page.evaluate(READ))
        self.seconds += ANSWER + len(words) / WORDS_A_SECOND

    def opens(self, address: str) -> None:
        """By its address, once, to begin."""
        self.page.goto(address)
        self._took("open", CLICK)
        self.reads()

    def clicks(self, said: str, *, role: str = "button", within: Locator | None = None) -> None:
        """A button or a link by its words; the page after it is read."""
        place = within or self.page.locator("main")
        place.get_by_role(role, name=said, exact=True).first.click()  # type: ignore[arg-type]  # a role of ARIA
        self._took(f"click {said}", CLICK)
        self.reads()

    def follows(self, said: str) -> None:
        self.clicks(said, role="link")

    def goes_to(self, said: str) -> None:
        """A page of the rail; on a phone the rail is behind a button."""
        body = self.page.locator("body")
        menu = body.get_by_role("button", name="Menu", exact=True)
        if menu.is_visible():
            menu.click()
            self._took("click Menu", CLICK)
        self.clicks(said, role="link", within=self.page.locator("#hf-rail"))

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)
        self._took(f"type {label}", CLICK + 2 * HAND + KEY * len(text))

    def pastes(self, label: str, text: str) -> None:
        """What was copied elsewhere before."""
        self.page.get_by_label(label, exact=True).fill(text)
        self._took(f"paste {label}", CLICK + 2 * HAND + 2 * KEY)

    def chooses(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(value)
        self._took(f"choose {label}", CLICK + POINT + BUTTON)

    def ticks(self, label: str) -> None:
        self.page.get_by_label(re.compile(f"^{label}")).first.check()
        self._took(f"tick {label}", CLICK)

    def sends(self, label: str, name: str, data: bytes) -> None:
        file = {"name": name, "mimeType": "text/csv", "buffer": data}
        self.page.get_by_label(label, exact=True).set_input_files(file)  # type: ignore[arg-type]  # as Playwright takes it
        self._took(f"file {name}", CLICK + FILE)

    def waits(self, said: str) -> None:
        """For the worker, and for what the page says then."""
        worked()
        self.page.get_by_text(said).first.wait_for()
        self.reads()
