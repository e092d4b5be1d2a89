"""Attributes of instances, slots, classes, modules; properties and methods."""

import math


class Point:
    kind = "point"

    def __init__(self, x):
        self.x = x

    @property
    def double(self):
        return self.x * 2

    def shifted(self, by):
        return Point(self.x + by)


class Slotted:
    __slots__ = ("y",)


class Odd:
    def __getattr__(self, name):
        return name


def attributes(point, slotted, odd):
    slotted.y = point.x
    point.x = slotted.y
    point.double
    Point.kind
    math.pi
    odd.anything
    return point.shifted(1).kind


for _ in range(40):
    attributes(Point(1), Slotted(), Odd())
