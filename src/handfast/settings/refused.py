"""What is said when a setting of the environment cannot be used."""

from __future__ import annotations

from handfast.kernel.refusal import Refusal


class SettingRefused(Refusal):
    """A variable of the environment that says something the program cannot or must not run with."""

    code = "setting-refused"

    def __init__(self, variable: str, fault: str, example: str) -> None:
        super().__init__(f"{variable} {fault}. Example: {variable}={example}")
        self.variable = variable
        self.fault = fault
        self.example = example
