"""The life of an engagement as the rail shows it: seven stages in the order of time, and what both sides keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.urls import reverse
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

from handfast.foundation.languages import said_later
from handfast.foundation.web.frame import RailPage, Stage
from handfast.foundation.web.instants import day_words
from handfast.governance.registers import REGISTERS

if TYPE_CHECKING:
    from datetime import date

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.frame import Status

WORST = ("missed", "below expected", "met")
GLYPHS: dict[str, Status] = {"missed": "missed", "below expected": "risk", "met": "met"}
OPERATE_PAGES = (
    (said_later("Service levels"), "operate:service_levels"),
    (said_later("Statements"), "operate:statements"),
    (said_later("Imports"), "records:imports"),
    (said_later("Adjustments"), "operate:adjustments"),
)
TRANSITION_PAGES = (
    (said_later("Plan"), "transition:plan"),
    (said_later("Readiness"), "readiness:readiness"),
    (said_later("Steps"), "readiness:steps"),
    (said_later("Certification"), "learning:certification"),
    (said_later("Dependencies"), "readiness:dependencies"),
    (said_later("Status"), "transition:status"),
    (said_later("Waves"), "transition:waves"),
    (said_later("Deliverables"), "transition:deliverables"),
    (said_later("Outlook"), "transition:outlook"),
    (said_later("Demand"), "transition:demand"),
    (said_later("Calendar"), "transition:year"),
)
GOVERNANCE_PAGES = tuple((one.name, one.key) for one in REGISTERS.values() if not one.step)
CONTRACT_PAGES = (
    (said_later("Terms"), "contract:agreements"),
    (said_later("Summary"), "contract:summary"),
    (said_later("Milestones"), "contract:milestones"),
)
KEPT = (
    (said_later("Documents"), "file-text", "evidence:documents"),
    (said_later("People"), "users", "engagement:people"),
    (said_later("Health check"), "report", "journeys:health"),
    (said_later("Packs"), "files", "packs:packs"),
    (said_later("Surveys"), "list", "surveys:surveys"),
    (said_later("Journal"), "history", "journeys:journal"),
    (said_later("Settings"), "settings", "engagement:settings"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The number of the terms in force, None before there are any, and the verdicts of the latest issued month.

    `planned` is how many activities both sides plan, `done` how many of them are finished.
    """

    terms: int | None
    verdicts: tuple[str, ...]
    planned: int = 0
    done: int = 0

    @property
    def worst(self) -> Status:
        """The glyph of the worst verdict; open where nothing was judged."""
        return next((GLYPHS[one] for one in WORST if one in self.verdicts), "open")


def stages_of(deal: Engagement, standing: Standing, *, path: str, today: date) -> tuple[Stage, ...]:
    """The stages with their short facts; those without rooms yet are dotted."""
    met = sum(one == "met" for one in standing.verdicts)
    contract = _pages(deal, CONTRACT_PAGES, path)
    path = _led_by(deal, path)
    transition = _pages(deal, tuple(one for one in TRANSITION_PAGES if _needs(deal, one[1])), path)
    operate = _pages(deal, OPERATE_PAGES, path)
    return (
        Stage(_("Assess"), "not-yet"),
        Stage(_("Select"), "not-yet"),
        Stage(
            _("Contract"),
            "met" if standing.terms else "open",
            f"v{standing.terms}" if standing.terms else "",
            contract[0].url,
            any(page.is_current for page in contract),
            contract,
        ),
        Stage(
            _("Transition"),
            _transition(deal, standing, today),
            day_words(deal.live_on) if deal.live_on else "",
            transition[0].url if transition else "",
            any(page.is_current for page in transition),
            transition,
        ),
        Stage(
            _("Operate"),
            standing.worst,
            _("%(met)s of %(all)s") % {"met": met, "all": len(standing.verdicts)}
            if standing.verdicts
            else "",
            operate[0].url,
            True,
            operate,
        ),
        Stage(_("Improve"), "not-yet"),
        Stage(_("Exit"), "not-yet", formatted(deal.ends_on, "M y") if deal.ends_on else ""),
    )


def _led_by(deal: Engagement, path: str) -> str:
    """Where the rail leads to a page: the register of a step is reached by the steps."""
    here = _registers(deal)
    register = REGISTERS.get(path.removeprefix(here).partition("/")[0]) if path.startswith(here) else None
    return reverse("readiness:steps", args=[deal.pk]) if register and register.step else path


def _registers(deal: Engagement) -> str:
    return reverse("governance:entries", args=[deal.pk, "issues"]).removesuffix("issues/")


def _needs(deal: Engagement, route: str) -> bool:
    """Whether a deal of this size needs a page in the rail: of a light one the plan leads to its waves."""
    return deal.size != deal.Size.LIGHT or route != "transition:waves"


def _transition(deal: Engagement, standing: Standing, today: date) -> Literal["not-yet", "met", "running"]:
    """By the plan where there is one: a first wave that is live is not the end of it."""
    if standing.planned:
        return "met" if standing.done == standing.planned else "running"
    if deal.live_on is None:
        return "not-yet"
    return "met" if deal.live_on <= today else "running"


def through_of(deal: Engagement, *, path: str) -> tuple[Stage, ...]:
    """What runs through all stages; its pages are shown while one of them is open."""
    here = reverse("governance:entries", args=[deal.pk, "issues"])
    pages = tuple(
        RailPage(_(name), url, path.startswith(url))
        for name, key in GOVERNANCE_PAGES
        for url in (reverse("governance:entries", args=[deal.pk, key]),)
    )
    is_open = _led_by(deal, path).startswith(_registers(deal))
    return (Stage(_("Governance"), "open", "", here, is_open, pages),)


def kept_of(deal: Engagement, *, path: str) -> tuple[RailPage, ...]:
    """What both sides keep through all stages."""
    found = ((_(name), icon, reverse(route, args=[deal.pk])) for name, icon, route in KEPT)
    return tuple(RailPage(name, url, path.startswith(url), icon) for name, icon, url in found)


def _pages(deal: Engagement, pages: tuple[tuple[str, str], ...], path: str) -> tuple[RailPage, ...]:
    found = [(_(name), reverse(route, args=[deal.pk])) for name, route in pages]
    # A page may stand under another one: only the deeper one is current.
    here = max((url for _, url in found if path.startswith(url)), key=len, default="")
    return tuple(RailPage(name, url, url == here) for name, url in found)


def day_text(day: date) -> str:
    """`2 Jun 2025`."""
    return f"{day.day} {day:%b %Y}"
