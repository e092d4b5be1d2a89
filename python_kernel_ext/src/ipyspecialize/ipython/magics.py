# SPDX-License-Identifier: BSD-3-Clause
"""The registered magics: help, completion, ``%specialize``, and the errors of ``%%specialize``.

A valid ``%%specialize`` never gets here: the input transformer has taken it out. What arrives
is a line with unknown options, an empty body, or a call from other code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from ipyspecialize.ipython.directive import OptionError, parse_options, split_words
from ipyspecialize.ipython.home import folder_now

if TYPE_CHECKING:
    from ipyspecialize.ipython.extension import Extension

_LINE_USAGE = (
    "Use %specialize on, %specialize off, %specialize --cell ID, %specialize -t GLOB, "
    "%specialize --warm-up 20 f(x), or %specialize alone."
)


@magics_class
class SpecializeMagics(Magics):
    """`%specialize` and `%%specialize`."""

    def __init__(self, shell: Any, extension: Extension) -> None:  # noqa: ANN401
        super().__init__(shell)
        self._extension = extension

    @no_var_expand
    @line_cell_magic
    def specialize(self, line: str, cell: str | None = None) -> None:
        """Show how CPython's specializing adaptive interpreter treats this cell's code.

        In cell mode: run the cell as without this line, and colour it.

            %%specialize [-b] [-d] [-t GLOB]... [-o DIR]

            -b, --blue          blue to red instead of green to red, friendlier to colour-blind eyes
            -d, --dark          show this cell dark, whatever the theme
            -t, --targets GLOB  list the source files that match, '**' included, below the cell,
                                each with its share and its coloured text; repeatable
            -o, --output DIR    write pages to this folder: of the files, or else of this cell

        In line mode:

            %specialize on         colour every later cell, without the magic line
            %specialize off        stop doing so
            %specialize --cell ID  colour the cell with this id, which ran before
            %specialize -t GLOB    list source files as they ran so far; -o DIR as above
            %specialize            say in one line what is on

            %specialize [-b] [-d] --warm-up 20 f(1.5)

        Watch a function warm up: it is called 20 times (1 to 1000) from cold code, and shown
        after each call. Its arguments are evaluated anew for each call.

        Green, solid: a fast form is in use. Yellow, dotted: it is, but its guard misses. Red,
        wavy: tried, and no fast form fits. No colour: nothing to specialize, or not run enough.
        """
        if cell is not None:
            self._run_body(line, cell)
            return
        if "--warm-up" in line and self._extension.warm_up(line):
            return
        try:
            words = split_words(line)
        except ValueError as error:
            msg = f"%specialize: {error}. {_LINE_USAGE}"
            raise UsageError(msg) from None
        match words:
            case []:
                print(self._extension.status())  # noqa: T201 - what the user asked for
            case ["on"]:
                self._extension.always.set(on=True)
            case ["off"]:
                self._extension.always.set(on=False)
            case ["--cell", cell_id]:
                self._extension.annotate(cell_id)
            case [option, *_] if option.startswith(("-b", "-d", "-o", "-t", "--")):
                self._list_files(line)
            case _:
                msg = f"%specialize: cannot read {line.strip()!r}. {_LINE_USAGE}"
                raise UsageError(msg)

    def _list_files(self, line: str) -> None:
        try:
            options = parse_options(line)
        except OptionError as error:
            msg = f"{str(error).replace('%%', '%', 1)} {_LINE_USAGE}"
            raise UsageError(msg) from None
        if not options.targets:
            msg = f"%specialize: without -t GLOB there is nothing to list. {_LINE_USAGE}"
            raise UsageError(msg)
        self._extension.list_files(options, folder_now())

    def _run_body(self, line: str, cell: str) -> None:
        try:
            options = parse_options(line)
        except OptionError as error:
            raise UsageError(str(error)) from None
        if not cell.strip():
            msg = (
                "%%specialize: there is no code below this line. Put it on top of the cell "
                "whose code it is to show."
            )
            raise UsageError(msg)
        self._extension.run_body(cell, options)
