# SPDX-License-Identifier: BSD-3-Clause
"""What is kept of a session: bounded by count and by bytes, whatever is shown."""

from __future__ import annotations

import subprocess
import sys

from ipyspecialize.ipython.store import Run, Store, Unit

LITERAL = 1_000_000


def ran(text: str) -> Run:
    """Return the run of a cell with this text."""
    run = Run(text, 1, "c", None, asked=True)
    unit = Unit(text)
    unit.codes.append(compile(text, "<cell>", "exec"))
    run.units.append(unit)
    return run


def test_the_oldest_run_makes_room() -> None:
    store = Store(most_runs=2)

    gone = [store.put(name, ran("x = 1")) for name in "abc"]

    assert ([[], [], ["a"]], True, False) == (gone, store.had("a"), store.had("c"))


def test_what_is_shown_makes_room_after_the_others() -> None:
    store = Store(most_runs=2)
    store.put("shown", ran("x = 1"))
    store.pin("shown")
    store.put("plain", ran("x = 1"))

    assert ["plain"] == store.put("new", ran("x = 1"))


def test_the_newest_run_stays_though_all_others_are_shown() -> None:
    store = Store(most_runs=2)
    for name in "ab":
        store.put(name, ran("x = 1"))
        store.pin(name)

    assert (["a"], True) == (store.put("new", ran("x = 1")), store.get("new") is not None)


def test_constants_count_as_bytes() -> None:
    store = Store(most_bytes=3 * LITERAL)
    text = f"x = b'{'a' * LITERAL}'"

    gone = [store.put(name, ran(text)) for name in "abc"]

    assert ([[], ["a"], ["b"]], True) == (gone, store.size < 3 * LITERAL)


def test_what_is_shown_counts_with_what_its_overlay_keeps() -> None:
    one = ran("x = 1")
    one.measure()
    size = one.size
    store = Store(most_bytes=2 * 6000 + 3 * size - 1)
    for name in "abc":
        store.put(name, ran("x = 1"))

    gone = [store.pin(name) for name in "ab"]

    # Two overlays leave no room for a run that is not shown.
    assert ([[], ["c"]], 2) == (gone, len(store))


def test_a_run_put_again_is_counted_once() -> None:
    store = Store()
    store.put("a", ran("x = 1"))
    once = store.size
    store.put("a", ran("x = 1"))
    twice = store.size
    store.drop("a")

    assert (True, 0) == (once == twice > 0, store.size)


SESSION = """
import gc, sys
from IPython.core.interactiveshell import InteractiveShell

CELL = '''
def f{m}(n, b):
    s = {n}
    for i in range(n):
        s = s + i * b
    return s
class C{m}:
    x = 1
    def get(self): return self.x + {n}
r = f{m}(60, 2) + C{m}().get()
'''

def session(load):
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    if load:
        shell.run_line_magic('load_ext', 'ipyspecialize')
        shell._ipyspecialize._publish = lambda **message: None
        shell.run_line_magic('specialize', 'on')
    kept = []
    for n in range(1, 2001):
        shell.run_cell(CELL.format(m=n % 50, n=n), cell_id=f'c{n}')
        if n in (300, 700, 2000):
            gc.collect()
            kept.append(sys.getallocatedblocks())
    return kept

session(True)  # what is imported on first use
plain, on = session(False), session(True)
print(*(a - b for a, b in zip(on, plain)))
"""


def test_a_long_session_with_everything_on_keeps_what_its_first_300_cells_kept() -> None:
    done = subprocess.run(  # noqa: S603 - this interpreter, that program
        [sys.executable, "-c", SESSION], capture_output=True, text=True, check=True
    )

    early, settled, late = map(int, done.stdout.split())
    # Up to the 600th cell the names of 400 cells that had to go are added, which is all.
    assert early > 0
    assert (True, True) == (late <= 1.1 * early, late - settled < 0.5 * (2000 - 700)), done.stdout
