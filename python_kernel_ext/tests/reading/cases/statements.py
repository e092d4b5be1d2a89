"""Statements whose instructions stand wider than what they do."""

import contextlib


def statements(a, b, c):
    with contextlib.nullcontext(a) as x, contextlib.nullcontext(b):
        x + 1
    try:
        a.missing
    except AttributeError as error:
        error.args
    finally:
        a + c
    assert a < b < c, f"not {a}"
    match (a, b):
        case (1, int(y)) if y > 0:
            y + 1
    while a < 1:
        a += 1
    if not a:
        return None
    return sum(n * 2 for n in range(a) if n in (1, 2))


class Named:
    @staticmethod
    def of(name):
        return f"é {name!r}"


for _ in range(40):
    statements(1, 2, 3)
    Named.of("𝒳")
