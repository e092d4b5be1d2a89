# SPDX-License-Identifier: BSD-3-Clause
"""Temperatures: ints where floats are wanted. </script></pre><img src=x onerror=alert(1)>"""

import sys


class Station:
    """A place with a name: "Tromsø 𝒳" & others."""

    def __init__(self, name: str, low: float) -> None:
        self.name, self.low = name, low

    def warmest(self, values: list[float]) -> float:
        found = self.low
        for value in values:
            if value > found:
                found = value
        return found


def add(a, b):
    return a + b


def to_celsius(degrees: float) -> float:
    above = degrees - 32
    assert above > -500, f"colder than cold: {degrees}"
    if degrees > 99:
        above = above - 1
    return above * 5 // 9


def report(count: int) -> float:
    station = Station("Tromsø 𝒳", -300.5)
    if count < 0:
        print("nothing to report about", station.name, sorted([station.name], key=len))
    total = 0.0
    for i in range(count):
        total = total + to_celsius(i * 0.5)
        add(i, 1) if i % 2 else add(str(i), "°")
    return station.warmest([total, 1.5, total * 2.0, 3.0] * 20)


print(report(int(sys.argv[1]) if sys.argv[1:] else 200))
