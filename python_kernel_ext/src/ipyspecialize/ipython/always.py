# SPDX-License-Identifier: BSD-3-Clause
"""Whether every cell is shown, or only those that ask: the user's word, and the front end's."""

from __future__ import annotations


class Always:
    """Off at first.

    on:  Whether every later cell is shown.
    """

    def __init__(self) -> None:
        self.on = False
        self._before_setting: bool | None = None

    def set(self, *, on: bool) -> None:
        """Do as the user says, whatever the front end's setting was."""
        self.on = on
        self._before_setting = None

    def follow_setting(self, *, on: bool) -> None:
        """Do as the front end's setting says; switched off, it is again as before."""
        if on and self._before_setting is None:
            self._before_setting, self.on = self.on, True
        elif not on and self._before_setting is not None:
            self.set(on=self._before_setting)
