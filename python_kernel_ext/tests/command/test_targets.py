# SPDX-License-Identifier: BSD-3-Clause
"""Which files are shown, and that what is shown is the code that ran."""

from __future__ import annotations

import os
import py_compile
import re
import sys
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from command.running import Ran, plain, specialize, write

from ipyspecialize import load

if TYPE_CHECKING:
    from pathlib import Path

ADD = "def add(a, b):\n    return a + b\n"
WARM = "for _ in range(100):\n    add(1, 2)\n"
FAILS = "for _ in range(100):\n    add(1j, 1j)\n"


def states(target: dict[str, Any]) -> Counter[str]:
    """Return the states of the `a + b` of `ADD`, by the number of its copies."""
    sites = load(target["payload"]).sites
    return Counter(site.state for site in sites if (site.code, site.opname) == ("add", "BINARY_OP"))


def shown(ran: Ran) -> list[str]:
    assert ran.document is not None
    return [target["path"] for target in ran.document["targets"]]


@pytest.mark.parametrize(
    "program",
    [
        "import pkg.a\n",
        "import runpy; runpy.run_path('pkg/a.py')\n",
        "import runpy; runpy.run_module('pkg.a', run_name='__main__')\n",
        "text = open('pkg/a.py').read()\nexec(compile(text, 'pkg/a.py', 'exec'), {})\n",
        "import os\nfrom pkg import a\nos.chdir('/')\n",
        "import sys\nfrom pkg import a\nsys.modules.clear()\n",
        "import sys\nfrom pkg import a\nsys.modules = {}\n",
        "import os\nfrom pkg import a\nos._exit(0)\n",
    ],
)
@pytest.mark.parametrize("glob", ["pkg/*.py", "**/a.py", "{}/pkg/**/*.py"])
def test_a_file_is_shown_however_it_came_to_run(tmp_path: Path, program: str, glob: str) -> None:
    write(tmp_path, {"prog.py": program, "pkg/a.py": ADD + WARM, "pkg/other.txt": "no"})

    ran = specialize(tmp_path, "-t", glob.format(tmp_path), "prog.py")

    assert (0, "") == ran.own
    assert [str(tmp_path / "pkg" / "a.py")] == shown(ran)
    assert Counter(specialized=1) == states(ran.target("a.py"))


def test_a_module_that_was_there_before_is_read_by_its_live_functions(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": "import argparse\n"})

    ran = specialize(
        tmp_path, "-t", f"{sys.prefix}/**/argparse.py", "-t", argparse_file(), "prog.py"
    )

    names = {site.code for site in load(ran.target("argparse.py")["payload"]).sites}
    assert "ArgumentParser.__init__" in names


def argparse_file() -> str:
    import argparse  # noqa: PLC0415 - its place only

    return argparse.__file__


def test_brackets_in_names_are_part_of_them(tmp_path: Path) -> None:
    here = tmp_path / "a [1]"
    write(here, {"b[i].py": ADD + WARM, "c.py": "x = 1\n"})

    assert [str(here / "b[i].py")] == shown(specialize(here, "-t", "b[i].py", "b[i].py"))
    assert 2 == len(shown(specialize(here, "-t", "*.py", "b[i].py")))


def test_sources_in_a_zip_file_are_shown(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "prog.pyz", "w") as packed:
        packed.writestr("__main__.py", "import pkg.a\n" + ADD + WARM)
        packed.writestr("pkg/__init__.py", "")
        packed.writestr("pkg/a.py", "# coding: latin-1\n# é\n".encode("latin-1") + ADD.encode())
    own = specialize(tmp_path, "prog.pyz").target("__main__.py")
    both = specialize(tmp_path, "-t", "prog.pyz/**/*.py", "prog.pyz")

    assert Counter(specialized=1) == states(own)
    assert "import pkg.a\n" + ADD + WARM == own["text"]
    assert "# coding: latin-1\n# é\n" + ADD == both.target("pkg/a.py")["text"]
    assert 3 == len(shown(both))


def test_a_module_that_is_frozen_into_python_is_read_too(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": "import os\nfor i in range(99): os.path.join('a', 'b')\n"})

    ran = specialize(tmp_path, "-t", os.__file__, "-t", os.path.__file__, "prog.py")

    read = load(ran.target("path.py")["payload"])
    assert "specialized" in {s.state for s in read.sites if s.code == "join" and s.span}
    assert ran.target("os.py")["payload"] is not None


def test_what_never_ran_is_listed_as_such(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": ADD + WARM, "idle.py": ADD})

    ran = specialize(tmp_path, "-t", "*.py", "prog.py")

    assert [str(tmp_path / name) for name in ("idle.py", "prog.py")] == shown(ran)
    assert None is ran.target("idle.py")["payload"]
    assert "idle.py" in ran.notes


def test_a_test_run_shows_the_package_it_tests(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pkg/__init__.py": "",
            "pkg/deep/__init__.py": "",
            "pkg/deep/sums.py": ADD,
            "tests/test_sums.py": """\
                from pkg.deep.sums import add
                def test_sums():
                    for _ in range(100):
                        assert add(1, 2) == 3
                """,
        },
    )

    ran = specialize(tmp_path, "-t", "pkg/**/*.py", "-m", "pytest", "-q", "-p", "no:cacheprovider")

    assert (0, True) == (ran.status, "1 passed" in ran.said)
    assert Counter(specialized=1) == states(ran.target("sums.py"))


def test_of_a_file_that_ran_twice_both_copies_are_read(tmp_path: Path) -> None:
    again = "if __name__ == '__main__':\n    import prog\n    for _ in range(100): add(1j, 1j)\n"
    write(tmp_path, {"prog.py": f"{ADD}{again}else:\n    add(1, 2)\n"})

    ran = specialize(tmp_path, "prog.py")

    assert Counter(failed=1, waiting=1) == states(ran.target("prog.py"))


def test_sources_that_cannot_be_read_cost_the_places_only(tmp_path: Path) -> None:
    programs = {
        "deleted": "import os\nos.remove('pkg/a.py')\n",
        "edited": "open('pkg/a.py', 'w').write('# other\\n' * 9)\n",
        "binary": "open('pkg/a.py', 'wb').write(b'\\xff\\xfe\\0')\n",
    }
    for name, then in programs.items():
        write(tmp_path, {"prog.py": f"import pkg.a\n{then}", "pkg/a.py": ADD + WARM})

        ran = specialize(tmp_path, "-t", "pkg/*.py", "prog.py")

        payload = ran.target("a.py")["payload"]
        reading = load(payload)
        assert (0, name) == (ran.status, name)
        assert Counter(specialized=1) == states(ran.target("a.py"))
        assert {"source-missing", "other-text"} & {warning.id for warning in reading.warnings}
        assert {None} == {site.span for site in reading.sites}


def test_a_source_in_another_encoding_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "prog.py").write_bytes(b"# coding: latin-1\nx = '\xe9'; len(x)\n")

    ran = specialize(tmp_path, "prog.py")

    assert "é" in ran.target("prog.py")["text"]


def test_the_share_decides_about_the_exit_status(tmp_path: Path) -> None:
    write(tmp_path, {"good.py": ADD + WARM, "bad.py": ADD + FAILS, "none.py": "x = 1\n"})
    told = {
        (name, percent): specialize(tmp_path, "--fail-under", percent, f"{name}.py")
        for name, percent in [("good", "100"), ("bad", "99.9"), ("bad", "0"), ("none", "0")]
    }

    assert [0, 3, 0, 3] == [ran.status for ran in told.values()]
    assert "(100.0 %)" in told["good", "100"].notes
    assert "below --fail-under 99.9" in told["bad", "99.9"].notes


def test_a_compiled_program_is_shown_by_its_source(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": ADD + WARM})
    py_compile.compile(str(tmp_path / "prog.py"), str(tmp_path / "prog.pyc"))

    ran = specialize(tmp_path, "prog.pyc")

    assert [str(tmp_path / "prog.py")] == shown(ran)
    assert Counter(specialized=1) == states(ran.target("prog.py"))


def test_a_failing_program_keeps_its_own_status(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": ADD + FAILS + "raise SystemExit(9)\n"})

    assert 9 == specialize(tmp_path, "--fail-under", "100", "prog.py").status


def test_help_names_what_each_option_takes(tmp_path: Path) -> None:
    done = plain(tmp_path, "-m", "ipyspecialize", "-h")

    assert 0 == done.status
    assert {"  -m MODULE  ", "  -c COMMAND  ", "  FILE  "} <= {
        part
        for line in done.said.splitlines()
        for part in re.findall(r"^  \S+(?: [A-Z]+)?  ", line)
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing to run"),
        (["nothing.py"], "no such file: nothing.py"),
        (["prgo.py"], "Did you mean prog.py?"),
        (["prog"], "Did you mean prog.py?"),
        (["timeit"], "-m timeit"),
        (["-"], "standard input"),
        ([""], "'' names no file"),
        (["pkg/*.py"], "-t 'pkg/*.py'"),
        (["-m"], "-m needs the name"),
        (["--fail-under", "200", "prog.py"], "no percentage"),
        (["--assume", "new", "prog.py"], "no version"),
        (["--assume", "3.10", "prog.py"], "oldest"),
        (["-o", "out", "prog.py"], "leave out either"),  # all of these are given --json
        (["pkg"], "pkg is a folder without a __main__.py"),
        (["binary"], "NUL bytes"),
    ],
)
def test_wrong_usage_is_one_clear_sentence_and_status_2(
    tmp_path: Path, words: list[str], said: str
) -> None:
    write(tmp_path, {"prog.py": "print('ran')\n", "pkg/a.py": "", "binary": "\0"})

    ran = specialize(tmp_path, *words)

    assert 2 == ran.status
    assert "ran\n" not in ran.said
    assert said in ran.said.splitlines()[-1] + ran.notes


@pytest.mark.parametrize(
    ("glob", "said"),
    [
        ("pgk/*.py", "/pkg/*.py'?"),
        ("pkg", "/pkg/**/*.py'?"),
        ("prog.py/*.py", "globs are relative"),
        ("", "is a folder"),
        ("*/deep.py", "/**/deep.py"),
        ("nothing/**/*.py", "globs are relative"),
    ],
)
def test_a_glob_that_matches_nothing_is_answered_with_advice(
    tmp_path: Path, glob: str, said: str
) -> None:
    write(tmp_path, {"prog.py": "print('ran')\n", "pkg/a/b/deep.py": "", "pkg/c.py": ""})

    ran = specialize(tmp_path, "-t", glob, "prog.py")

    assert (0, "ran\n") == ran.own
    assert said in ran.notes


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="it specializes under a tracer, too")
def test_a_tracer_is_named_where_it_left_no_colour(tmp_path: Path) -> None:
    trace = "import sys\nsys.settrace(lambda *_: None)\n"
    write(
        tmp_path,
        {"on.py": trace + ADD + WARM, "off.py": trace + ADD + WARM + "sys.settrace(None)\n"},
    )

    for name in ("on.py", "off.py"):
        ran = specialize(tmp_path, name)
        assert f"nothing in {name} has a colour. A trace " in ran.notes
        assert ["traced"] == [w["id"] for w in ran.target(name)["payload"]["warnings"]]
