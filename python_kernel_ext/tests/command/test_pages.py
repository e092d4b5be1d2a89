# SPDX-License-Identifier: BSD-3-Clause
"""The pages: what is in them, where they lie, and what they never touch."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

import pytest
from command.running import write

from ipyspecialize.report.files import Look, read_file
from ipyspecialize.report.page import Frame, page

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """\
# <script>alert('é𝒳')</script> & "quotes"
def add(a, b):
    return a + b  # </pre><b>

for i in range(100):
    add(i, 1)
    add(1j, 1j) if i > 200 else add("<i>", "&lt;") and add
for i in range(100):
    (lambda a: a * 2.5)(i)
"""
VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """The elements of a page; fails where they are not nested as they should be.

    source:   Text of the listing, without line numbers.
    links:    Addresses.
    ids:      Of elements.
    loads:    Whatever would be fetched.
    scripts:  Text of each, the data among them.
    policy:   What the page may do.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.source, self.links, self.loads = "", [""][:0], [""][:0]
        self.ids: set[str] = set()
        self.scripts: list[str] = []
        self.policy = ""
        self.marks = 0
        self.feed(text)
        self.close()
        assert [] == self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element is."""
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        self.marks += tag == "i" and "pre" in self.open
        self.loads += [value or "" for name, value in attrs if name in ("src", "srcset", "action")]
        if tag == "a":
            self.links.append(given["href"] or "")
        if tag == "script":
            self.scripts.append("")
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        if tag in ("link", "iframe", "img"):
            self.loads.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hold the element against the one that is open."""
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        """Note the text of the listing."""
        if "pre" in self.open and "a" not in self.open:
            self.source += data
        if "script" in self.open:
            self.scripts[-1] += data


class Ran(NamedTuple):
    """A process that has ended."""

    status: int
    output: str
    errors: str


def specialize(folder: Path, *words: str) -> Ran:
    done = subprocess.run(  # noqa: S603 - this interpreter, that program
        [sys.executable, "-m", "ipyspecialize", *words],
        cwd=folder,
        env={**os.environ, "DISPLAY": "", "WAYLAND_DISPLAY": "", "BROWSER": ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def read(path: Path) -> Page:
    return Page(path.read_text("utf-8"))


def test_a_page_holds_its_source_and_nothing_that_would_be_fetched(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": PROGRAM})

    ran = specialize(tmp_path, "-o", "out", "prog.py")

    page = read(tmp_path / "out" / "prog.py.html")
    assert (0, "") == (ran.status, ran.errors)
    assert f"{tmp_path / 'prog.py'} -> {tmp_path / 'out' / 'prog.py.html'}\n" == ran.output
    assert PROGRAM == page.source
    assert page.marks > 2
    assert [] == page.loads
    assert {"L1", "L9"} < page.ids
    assert {link[1:] for link in page.links if link.startswith("#")} <= page.ids


def test_a_page_may_run_its_own_script_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": PROGRAM})
    specialize(tmp_path, "-o", "out", "prog.py")

    page = read(tmp_path / "out" / "prog.py.html")

    digest = base64.b64encode(hashlib.sha256(page.scripts[-1].encode()).digest()).decode()
    assert [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        f"script-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ] == page.policy.split("; ")
    assert 3 == len(page.scripts)
    assert "\nimport " not in page.scripts[-1]


def test_a_duplicated_site_is_counted_once_as_in_the_notebook() -> None:
    text = "def f(n):\n    while n > 0:\n        n -= 1\nfor i in range(99): f(3)\n"
    code = compile(text, "looping.py", "exec")
    exec(code, {})  # noqa: S102 - it is what is read

    reading = read_file([code], text, Look())

    assert str(reading.bundle()["text/plain"]).split(": ")[1].split("\n")[0] in page(
        reading, Frame("looping.py")
    )


def test_one_share_is_told_by_page_index_status_and_json(tmp_path: Path) -> None:
    # The compiler writes the test of the loop twice, and what follows it three times.
    program = """\
        def f(n):
            try:
                while n > 0:
                    n -= 1
            finally:
                n + 1j
        for i in range(99):
            f(3)
        """
    write(tmp_path, {"prog.py": program})

    page = specialize(tmp_path, "-o", "out", "--fail-under", "0", "prog.py")
    document = json.loads(specialize(tmp_path, "--json", "prog.py").output)

    text = (tmp_path / "out" / "prog.py.html").read_text("utf-8")
    found = re.search(r"(\d+) of (\d+) sites specialized.*?(\d+) failed", text)
    assert found is not None
    fast, _, slow = map(int, found.groups())
    assert f"{fast} of {fast + slow} sites specialized" in page.errors
    assert 100 * fast / (fast + slow) == document["share"]


def test_pages_are_mirrored_below_the_common_root_with_an_index(tmp_path: Path) -> None:
    files = {"pkg/a.py": PROGRAM, "pkg/deep/b.py": PROGRAM, "pkg/idle.py": PROGRAM}
    write(tmp_path, {**files, "prog.py": "import pkg.a, pkg.deep.b\n"})

    ran = specialize(tmp_path, "-o", "out", "-t", "pkg/**/*.py", "prog.py")

    out = tmp_path / "out"
    index = read(out / "index.html")
    assert ["a.py.html", "deep/b.py.html"] == index.links
    assert "../index.html" in read(out / "deep" / "b.py.html").links
    assert "index.html" in read(out / "a.py.html").links
    assert "idle.py" in (out / "index.html").read_text("utf-8")
    assert {"a.py.html", "deep", "index.html"} == {entry.name for entry in out.iterdir()}
    assert f"index -> {out / 'index.html'}" in ran.output


def test_a_target_called_index_does_not_take_the_place_of_the_index(tmp_path: Path) -> None:
    write(tmp_path, {"index": PROGRAM, "a.py": PROGRAM, "sub/index": PROGRAM})
    run = "import runpy; [runpy.run_path(p) for p in ('index', 'a.py', 'sub/index')]"

    specialize(tmp_path, "-o", "out", "-t", "**/*", "-c", run)

    out = tmp_path / "out"
    links = read(out / "index.html").links
    assert ["a.py.html", "index.source.html", "sub/index.html"] == sorted(links)
    assert [PROGRAM] * 3 == [read(out / link).source for link in links]


def test_the_options_set_the_look(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": PROGRAM})
    made = {}
    for words in ([], ["-b"], ["-d"], ["-bd"]):
        specialize(tmp_path, *words, "-o", "out", "prog.py")
        made["".join(words)] = (tmp_path / "out" / "prog.py.html").read_text("utf-8")

    asked = {
        "": "",
        "-b": ' data-hue="blue"',
        "-d": ' data-mode="dark"',
        "-bd": ' data-mode="dark" data-hue="blue"',
    }
    plain = made[""]
    wanted = {words: plain.replace('"en"', f'"en"{says}', 1) for words, says in asked.items()}
    assert wanted == made


def test_pages_of_ours_are_written_anew_and_others_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": PROGRAM, "out/other.py.html": "mine", "other.py": PROGRAM})

    first = specialize(tmp_path, "-o", "out", "prog.py")
    again = specialize(tmp_path, "-o", "out", "prog.py")
    other = specialize(tmp_path, "-o", "out", "other.py")

    assert (0, 0, 1) == (first.status, again.status, other.status)
    assert "mine" == (tmp_path / "out" / "other.py.html").read_text("utf-8")
    assert "left as it is" in other.errors


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_said_before_anything_runs(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": PROGRAM})
    (tmp_path / "out").mkdir(0o500)

    ran = specialize(tmp_path, "-o", "out", "prog.py")

    assert (2, True) == (ran.status, "may not be written to" in ran.errors)


@pytest.mark.parametrize("output", ["prog.py", "prog.py/out"])
def test_a_file_in_place_of_the_folder_is_said_before_anything_runs(
    tmp_path: Path, output: str
) -> None:
    write(tmp_path, {"prog.py": "print('ran')\n"})

    ran = specialize(tmp_path, "-o", output, "prog.py")

    assert (2, "") == (ran.status, ran.output)
    assert "prog.py is a file" in ran.errors


def test_a_folder_that_the_program_makes_unusable_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": "open('out', 'w').close()\nprint('ran')\n"})

    ran = specialize(tmp_path, "-o", "out", "prog.py")

    assert (1, "ran\n") == (ran.status, ran.output)
    assert "could not be written" in ran.errors


def test_ctrl_c_during_the_report_ends_it_with_a_sentence(tmp_path: Path) -> None:
    stop = """\
        import os
        def urandom(count):
            raise KeyboardInterrupt
        os.urandom = urandom
        """
    write(tmp_path, {"prog.py": stop})

    ran = specialize(tmp_path, "-o", "out", "prog.py")

    assert (130, True) == (ran.status, ran.errors.startswith("specialize: interrupted"))


def test_where_nothing_has_a_colour_another_target_is_proposed(tmp_path: Path) -> None:
    warm = "for i in range(99): i + 1\n"
    write(tmp_path, {"prog.py": "import a\n", "two.py": "import a, sub.b\n", "a.py": warm})
    write(tmp_path, {"sub/b.py": warm, "cold.py": "x = 1\n"})
    told = [
        specialize(tmp_path, "-o", "out", f"{name}.py").errors for name in ("prog", "two", "cold")
    ]

    assert "nothing in prog.py ran often enough to specialize. Did you mean -t 'a.py'?" in told[0]
    assert "Did you mean -t '**/*.py'?" in told[1]
    assert "let it run longer" in told[2]


def test_without_a_browser_the_path_and_a_hint_are_printed(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": PROGRAM})

    ran = specialize(tmp_path, "prog.py")

    path = ran.output.rstrip("\n").split(" -> ")[1]
    assert read(type(tmp_path)(path)).marks > 2
    assert path in ran.errors
    assert "-o DIR" in ran.errors
    assert "" == specialize(tmp_path, "--no-browser", "prog.py").errors


def test_a_command_has_a_page_too(tmp_path: Path) -> None:
    specialize(tmp_path, "-o", "out", "-c", PROGRAM)

    assert PROGRAM == read(tmp_path / "out" / "command.html").source


DENSE = "".join(f"    x{i} = a + b * a - b\n" for i in range(6000))


@pytest.mark.parametrize(
    "program",
    [
        f"def f(a, b):\n{DENSE}for i in range(99): f(1, 2.5)\n",
        f"def f(a, b):\n{DENSE}for i in range(99): f(1, 2)\n",
        f"def f(a, b):\n{DENSE}",
        PROGRAM + "\n" * 90_000,
        f"{PROGRAM}x = '{'&' * 500_000}'\n",
        "(lambda a: a)(1);" * 9000,
    ],
    ids=["failing", "specialized", "never run", "empty lines", "escapes", "functions"],
)
def test_the_pages_of_large_sources_stay_small(tmp_path: Path, program: str) -> None:
    write(tmp_path, {"prog.py": program})

    specialize(tmp_path, "-o", "out", "prog.py")

    source = (tmp_path / "prog.py").stat().st_size
    made = (tmp_path / "out" / "prog.py.html").stat().st_size
    assert 10_000 < made <= 3 * source + 100_000


def test_a_table_of_many_functions_leaves_room_for_the_source(tmp_path: Path) -> None:
    lines = [f"def f{i}(x): return x + {i}\nfor _ in range(30): f{i}(2)\n" for i in range(3000)]
    lines[1500] = lines[1500].replace("(2)", "(2j)")
    write(tmp_path, {"prog.py": "".join(lines)})

    specialize(tmp_path, "-o", "out", "prog.py")

    made = (tmp_path / "out" / "prog.py.html").read_text()
    assert "<summary>3001 functions with colours; below, the 200 that fail most</summary>" in made
    assert 200 == made.count("<tr><td><a href=") and "<code>f1500</code>" in made  # noqa: PT018
    assert "It lacks all colours" not in made and "<b id=L6000>" in made  # noqa: PT018


def test_failing_code_without_a_place_is_not_denied(tmp_path: Path) -> None:
    failing = "def f(a): return a + 1\nfor _ in range(99): f(1j)\n"
    write(tmp_path, {"mod.py": failing, "prog.py": "import mod\nopen('mod.py', 'w').write('x')\n"})

    specialize(tmp_path, "-o", "out", "-t", "mod.py", "prog.py")

    made = (tmp_path / "out" / "mod.py.html").read_text()
    assert (True, False) == ("What fails has no place" in made, "Nothing fails" in made)


def test_the_page_of_a_child_is_not_replaced_by_one_without_colours(tmp_path: Path) -> None:
    # As the reloader of a development server does: the same command again, in a child.
    text = """\
        import os, subprocess, sys
        if "WORKS" not in os.environ:
            again = [sys.executable, *sys.orig_argv[1:]]
            subprocess.run(again, env={**os.environ, "WORKS": "1"}, check=True)
        else:
            for i in range(99): i + i
        """
    write(tmp_path, {"prog.py": text})

    ran = specialize(tmp_path, "-o", "out", "prog.py")

    assert " + i</i>" in (tmp_path / "out" / "prog.py.html").read_text()
    assert "what another one wrote meanwhile stays" in ran.errors


@pytest.mark.skipif(os.name == "nt", reason="such names are POSIX")
def test_the_index_leads_to_pages_whose_names_are_no_addresses(tmp_path: Path) -> None:
    names = ["a #1.py", "b%41.py", "c?.py", "javascript:d.py", "e'\".py", "é.py", "f\udcff.py"]
    write(tmp_path, dict.fromkeys(names, PROGRAM))
    write(tmp_path, {"prog.py": f"import runpy\nfor p in {names!a}: runpy.run_path(p)\n"})

    specialize(tmp_path, "-o", "out", "-t", "*.py", "prog.py")

    links = read(tmp_path / "out" / "index.html").links
    addresses = {urljoin(f"{(tmp_path / 'out').as_uri()}/", link) for link in links}
    assert {
        (tmp_path / "out" / f"{name}.html").as_uri() for name in [*names, "prog.py"]
    } == addresses


def test_the_index_begins_with_what_fails_most(tmp_path: Path) -> None:
    files = {
        "pkg/good.py": "def f(n):\n    for i in range(n): i + n\nf(99)\n",
        "pkg/bad.py": "def f(a, b): return a + b + a\nfor i in range(99): f(1j, i)\n",
        "pkg/half.py": "def f(a, b): return a + b\nfor i in range(99): f(1j, i)\n",
    }
    write(tmp_path, {**files, "prog.py": "import pkg.good, pkg.half, pkg.bad\n"})

    specialize(tmp_path, "-o", "out", "-t", "pkg/*.py", "prog.py")

    links = read(tmp_path / "out" / "index.html").links
    assert ["bad.py.html", "half.py.html", "good.py.html"] == links
