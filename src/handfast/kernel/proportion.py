"""How sure a share of counted cases is: the lower end of its Wilson interval, in whole numbers until the last digit."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from handfast.kernel.refusal import WrongQuantity

# The 97.5 % point of the normal distribution, so that both ends together leave out 5 %.
QUANTILE = Fraction(1_959_964, 1_000_000)
ROOT_DIGITS, DIGITS = 15, 6


def wilson_lower(alike: int, cases: int) -> Fraction:
    """The lower end of the 95 % interval of `alike` of `cases`, 0 to 1, cut after six digits so that it is never too high.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), without continuity
    correction. Raises WrongQuantity where it is no share of counted cases.
    """
    if not 0 <= alike <= cases or cases == 0:
        raise WrongQuantity(
            f"{alike} of {cases} is no share: count at least one case, and no more alike than there are"
        )
    square = QUANTILE * QUANTILE
    under = square + Fraction(4 * alike * (cases - alike), cases)
    scale = 10**ROOT_DIGITS
    root = Fraction(isqrt(under.numerator * scale**2 // under.denominator) + 1, scale)
    low = (2 * alike + square - QUANTILE * root) / (2 * (cases + square))
    whole = low.numerator * 10**DIGITS // low.denominator
    return max(Fraction(0), Fraction(whole, 10**DIGITS))
