"""How far a run is, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Course:
    """How far a run is: all that decides how it goes on, but for the weights."""

    step: int = 0
    tokens: int = 0  # of the targets
    seconds: float = 0.0
    epoch: int = 0  # of the plan that is being worked off
    place: int = 0  # steps of that plan that have been taken
    phase: str = ""  # what that plan is for
    cooling: bool = False  # the checkpoint before the cooldown has been written
    validations: int = 0
    best: float = float("inf")  # the lowest held-out loss after a step
    lowest: float = float("inf")  # the same, the start's included
    without_gain: int = 0  # validations since the lowest
    stopped: bool = False  # early
    budget: str = ""  # that it was heading for


@dataclass(frozen=True, slots=True)
class Goal:
    """A budget in the unit that it is counted in."""

    unit: str  # "seconds" or "tokens"
    amount: float

    def progress(self, course: Course) -> float:
        """Tell the part that is used up."""
        used = course.seconds if self.unit == "seconds" else course.tokens
        return min(1.0, used / self.amount)
