# SPDX-License-Identifier: BSD-3-Clause
"""Each program runs under the command as it runs under plain Python: output, status, traceback."""

from __future__ import annotations

import os
import textwrap
import zipfile
from typing import TYPE_CHECKING

import pytest
from command.running import plain, specialize, write

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(os.name == "nt", reason="signals and fork are POSIX")


SELF = """\
    import sys
    main = sys.modules["__main__"]
    print(main is sys.modules[__name__], vars(main) is globals())
    for name in ("__name__", "__file__", "__package__", "__doc__", "__cached__", "__annotations__"):
        print(name, globals().get(name, "absent"))
    print(type(__loader__).__name__, getattr(__loader__, "__name__", None))
    print(__spec__ and (__spec__.name, __spec__.origin, __spec__.parent))
    print(sys.argv, sys.path[0], __builtins__)
"""

PROGRAMS: dict[str, str] = {
    "itself": SELF,
    "exception": "def f():\n    return 1 / 0\nf()\n",
    "chained": "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('no') from e\n",
    "syntax": "print('not reached')\ndef f(:\n",
    "exit-number": "import sys\nsys.exit(7)\n",
    "exit-text": "import sys\nsys.exit('sorry')\n",
    "exit-none": "import sys\nsys.exit()\n",
    "exit-empty": "import sys\nsys.exit('')\n",
    "main-guard": "if __name__ == '__main__':\n    print('run')\n",
    "atexit": "import atexit\natexit.register(print, 'bye')\nprint('hi')\n",
    "atexit-error": "import atexit\natexit.register(print, 'bye')\nraise OSError(2, 'no')\n",
    "excepthook": """\
        import sys, traceback
        def hook(kind, error, trace):
            print(kind.__name__, [frame.name for frame in traceback.extract_tb(trace)])
        sys.excepthook = hook
        def f():
            raise RuntimeError
        f()
        """,
    "thread": """\
        import threading, time
        def late():
            time.sleep(0.2)
            print("late")
        threading.Thread(target=late).start()
        print("early")
        """,
    "executor": """\
        from concurrent.futures import ThreadPoolExecutor
        pool = ThreadPoolExecutor(2)
        print(pool.submit(pow, 2, 5).result())
        """,
    "main-pickle": """\
        import pickle
        class Point:
            def __init__(self, x): self.x = x
        print(pickle.loads(pickle.dumps(Point(3))).x)
        """,
    "chdir": "import os\nos.chdir('/')\nprint(os.getcwd())\n",
    "no-output": "import sys\nprint('before')\nsys.stdout.close()\n",
    "no-descriptor": "import os, sys\nprint(1, flush=True)\nos.close(1)\nsys.stdout = None\n",
    "no-modules": "import sys\nsys.modules = {}\nsys.path.clear()\nprint('cleared')\n",
    "no-source": "import os\nos.remove(__file__)\nprint(os.path.exists(__file__))\n",
    "left": "import os\nprint('now', flush=True)\nos._exit(5)\n",
    "stdin": "import sys\nprint(repr(sys.stdin.read()))\n",
    "finalizer": """\
        class Late:
            def __del__(self):
                print("end", __name__)
        late = Late()
        """,
    "shallow": "import sys\nsys.setrecursionlimit(40)\n",
    "recursion": "def f(): f()\ntry:\n    f()\nexcept RecursionError as e:\n    print(e)\n",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_a_script_runs_as_under_plain_python(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"prog.py": text})
    expected = plain(tmp_path, "prog.py", "-x", "--json", "a b")
    write(tmp_path, {"prog.py": text})  # one of them deletes it

    ran = specialize(tmp_path, "prog.py", "-x", "--json", "a b")

    assert expected.own == ran.own
    assert ran.document is not None
    (target,) = ran.document["targets"]
    assert str(tmp_path / "prog.py") == target["path"]
    read = target["payload"] is not None  # it is not, where the text is no Python
    assert (textwrap.dedent(text) if read else None) == target["text"]


@pytest.mark.parametrize(
    "spelled", ["./prog.py", "sub/../prog.py", "{}/prog.py", "sub/../sub/in.py"]
)
def test_a_path_is_spelled_as_it_was_given(tmp_path: Path, spelled: str) -> None:
    write(tmp_path, {"prog.py": SELF, "sub/in.py": SELF})
    name = spelled.format(tmp_path)

    assert plain(tmp_path, name).own == specialize(tmp_path, name).own


def test_a_link_to_a_script_has_the_folder_of_the_script(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"there/prog.py": "import beside\n" + textwrap.dedent(SELF), "there/beside.py": ""},
    )
    (tmp_path / "link.py").symlink_to(tmp_path / "there" / "prog.py")

    assert plain(tmp_path, "link.py").own == specialize(tmp_path, "link.py").own


def test_modules_packages_folders_and_zip_files_run_too(tmp_path: Path) -> None:
    package = {
        "pkg/__init__.py": "print('package', __name__)\n",
        "pkg/__main__.py": "from . import other\nfrom .other import name\n" + textwrap.dedent(SELF),
        "pkg/other.py": "name = __name__\nprint(name)\n",
        "pkg/broken.py": "from . import other\nother.nothing()\n",
    }
    write(tmp_path, {**package, "single.py": SELF, "folder/__main__.py": SELF})
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("__main__.py", textwrap.dedent(SELF))
    for words in (
        ["-m", "pkg", "-x"],
        ["-m", "pkg.other"],
        ["-m", "pkg.broken"],
        ["-m", "single", "--json"],
        ["-msingle", "a"],
        ["-m", "pkg.nothing"],
        ["folder", "a"],
        ["packed.zip", "a"],
    ):
        assert plain(tmp_path, *words).own == specialize(tmp_path, *words).own, words


def test_a_module_may_stand_right_behind_its_letter(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": SELF})

    ran = specialize(tmp_path, "-b", "-t", "prog.py", "-mprog", "-t", "-m", "-x")

    assert plain(tmp_path, "-mprog", "-t", "-m", "-x").own == ran.own


def test_a_command_runs_too(tmp_path: Path) -> None:
    for text in (
        textwrap.dedent(SELF),
        "1/0",
        "def f():\n    return {}[1]\nf()",
        "import sys; sys.exit(4)",
    ):
        assert plain(tmp_path, "-c", text, "-a").own == specialize(tmp_path, "-c", text, "-a").own


@posix
def test_ctrl_c_ends_both_in_the_same_way(tmp_path: Path) -> None:
    text = "import os, signal\nprint('now', flush=True)\nos.kill(os.getpid(), signal.SIGINT)\n"
    write(tmp_path, {"prog.py": text + "while True: pass\n"})

    ran = specialize(tmp_path, "prog.py")

    assert plain(tmp_path, "prog.py").own == ran.own
    assert ran.document is not None


@posix
def test_ctrl_c_while_a_thread_is_waited_for_is_no_outcome_of_the_program(tmp_path: Path) -> None:
    # From 3.13 to 3.14 it is not heard at all.
    text = """\
        import os, signal, threading, time
        def late():
            time.sleep(0.5)
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.5)
        threading.Thread(target=late).start()
        """
    write(tmp_path, {"prog.py": text})
    expected, ran = plain(tmp_path, "prog.py"), specialize(tmp_path, "prog.py")

    assert expected.status == ran.status
    assert ("KeyboardInterrupt" in expected.said) is ("KeyboardInterrupt" in ran.said)
    assert ran.document is not None


def test_two_dashes_end_our_options_as_those_of_python(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": SELF})

    assert (
        plain(tmp_path, "--", "prog.py", "--", "-x").own
        == specialize(tmp_path, "--", "prog.py", "--", "-x").own
    )


@posix
def test_a_program_that_closes_all_finds_nothing_of_ours_in_its_files(tmp_path: Path) -> None:
    text = """\
        import os
        os.closerange(0, 99)
        for name in "abcdefgh":
            os.open(name, os.O_CREAT | os.O_WRONLY)
        """
    write(tmp_path, {"prog.py": text})

    assert 0 == specialize(tmp_path, "prog.py").status
    assert [0] * 8 == [(tmp_path / name).stat().st_size for name in "abcdefgh"]


@posix
def test_a_forked_child_makes_no_report_and_is_counted(tmp_path: Path) -> None:
    write(tmp_path, {"prog.py": "import os\nif os.fork():\n    os.wait()\nprint('both')\n"})

    ran = specialize(tmp_path, "prog.py")

    assert plain(tmp_path, "prog.py").own == ran.own
    assert 1 == (ran.document or {})["children"]
    assert "1 process" in ran.notes


@pytest.mark.parametrize(
    ("start", "count"),
    [
        ("import subprocess, sys; subprocess.run([sys.executable, '-c', '0'])", 1),
        ("import os; os.system('exit 0'); os.system('exit 0')", 2),
        pytest.param("import os; os.spawnv(os.P_WAIT, '/bin/true', ['true'])", 1, marks=posix),
        pytest.param("import os; os.posix_spawn('/bin/true', ['true'], {})", 1, marks=posix),
        ("pass", 0),
    ],
)
def test_processes_that_were_started_are_counted(tmp_path: Path, start: str, count: int) -> None:
    write(tmp_path, {"prog.py": f"{start}\n"})

    assert count == (specialize(tmp_path, "prog.py").document or {})["children"]


@posix
@pytest.mark.parametrize("way", ["fork", "spawn", "forkserver"])
def test_the_workers_of_multiprocessing_find_their_program_and_are_counted(
    tmp_path: Path, way: str
) -> None:
    text = f"""\
        import multiprocessing
        def square(x):
            return x * x
        if __name__ == "__main__":
            with multiprocessing.get_context({way!r}).Pool(2) as pool:
                print(pool.map(square, range(4)))
        """
    write(tmp_path, {"prog.py": text})

    ran = specialize(tmp_path, "prog.py")

    assert (0, "[0, 1, 4, 9]\n") == ran.own
    assert 2 == (ran.document or {})["children"]


def test_an_empty_command_is_read_as_such(tmp_path: Path) -> None:
    target = specialize(tmp_path, "-c", "").target("<string>")

    assert ("", []) == (target["text"], target["payload"]["warnings"])
