# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% title [markdown]
# # 3. Attributes and calls: one class for each place
#
# To read `point.x`, Python has to look: in the class, in its parents, in the object. A fast form remembers where it found
# the value last time, and then only checks that the class is still the same. So what counts is not only what you write,
# but *which classes meet at one place*.
#
# *Checked on CPython 3.11 to 3.15. Outputs that came with it are of 3.11.*
#
# ## Four ways to get a number
#
# An attribute, a property, a method, and the method with a keyword. **Predict:** which of the four lines in the loop will
# be green? Then run the cell.

# %% four
# %%specialize
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    @property
    def double(self):
        return self.x * 2.0

    def moved(self, by):
        return self.x + by


def visit(point):
    for _ in range(50):
        point.x
        point.double
        point.moved(0.5)
        point.moved(by=0.5)


visit(Point(1.5, 2.5))

# %% read-four [markdown]
# **Read.** The attribute and the method call are green on every Python: the point was always of the same class. The other
# two depend on the version:
#
# | | `point.double` (property) | `point.moved(by=0.5)` (keyword) |
# |---|---|---|
# | 3.11 | red | yellow, dashed: the form knows what kind of thing is called, no more |
# | 3.12 | green | red |
# | 3.13 | green | no colour: there is no form to try |
# | 3.14 and later | green | green |
#
# **Predict:** what will the clock say? Which line takes the longest, and is it one without green?

# %% times
from timeit import repeat

point = Point(1.5, 2.5)

for expression in ["point.x", "point.double", "point.moved(0.5)", "point.moved(by=0.5)"]:
    best = min(repeat(expression, globals=globals(), number=50_000, repeat=7)) / 50_000
    print(f"{expression:20} {best * 1e9:6.1f} ns")

# %% read-times [markdown]
# **Read.** The attribute is by far the fastest. The other three call a function, and a green call is still a call: what
# you do counts for more than its colour.
#
# ## Change one thing: slots
#
# With `__slots__` an object has no dictionary, only named places. **Predict:** does `point.x` stay green? Is it the same
# form? (Put the mouse on it.)

# %% slots
# %%specialize
class SlotPoint:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


def visit_slots(point):
    for _ in range(50):
        point.x


visit_slots(SlotPoint(1.5, 2.5))

# %% read-slots [markdown]
# **Read.** Green as well, by another form: `LOAD_ATTR_SLOT` in place of `LOAD_ATTR_INSTANCE_VALUE`. Each fits its own kind
# of class, and not the other.
#
# ## Two classes at one place
#
# So far each `point.x` met one class. Both classes have an `x`, so one function can add up both. **Predict:** which colour
# has `point.x` now?

# %% two
# %%specialize
def total(points):
    result = 0.0
    for point in points:
        result = result + point.x
    return result


mixed = [Point(1.5, 2.5), SlotPoint(1.5, 2.5)] * 20
total(mixed)

# %% read-two [markdown]
# **Read.** `point.x` is yellow and dotted: it has a form, made for one of the two classes, and each point of the other
# class is a *miss*. A miss is not an error. It only costs: the check fails, and then Python looks the slow way.
#
# How long does CPython put up with that? **Predict** a number of misses. This cell lets fresh copies of the function meet
# more and more pairs.

# %% misses
import sys
from types import FunctionType

import ipyspecialize

print("CPython", sys.version.split()[0])
for pairs in (10, 30, 52, 54, 60, 100):
    fresh = FunctionType(total.__code__.replace(), globals())
    fresh([Point(1.5, 2.5), SlotPoint(1.5, 2.5)] * pairs)
    for site in ipyspecialize.inspect(fresh).sites:
        if site.opname == "LOAD_ATTR":
            print(f"{pairs:4} pairs: {site.state:11} {site.misses or 0:3} misses  {site.form}")

# %% questions [markdown]
# **Read.** Up to 52 misses the form stays. At the 53rd, CPython takes it away.
#
# | | at the 53rd miss | so, with two classes in turn |
# |---|---|---|
# | 3.11 | the place has no form for a while, then gets one again | the form comes and goes |
# | 3.12 and later | it gets a new form at once, for the class that is there | there is always a form, and the count of misses begins anew |
#
# As long as there is a form, every second point is a miss. If such a loop is hot, give each class a loop of its own.
#
# ## Your turn
#
# Answer first; then change a cell above, run it, and look.
#
# 1. Put all points of one class first: `mixed = [Point(1.5, 2.5)] * 100 + [SlotPoint(1.5, 2.5)] * 100`. What colour has
#    `point.x` now, and which form? (Think of the 53rd miss.)
# 2. Add `%timeit -n 2000 total(mixed)` to that cell, with the two blocks, then with a hundred pairs. Which is faster? (Count
#    the misses when `total` begins again.) And with two hundred points of one class?
# 3. Give `Point` a line `scale = 10.0` below `class Point:` and read `point.scale` in the loop of `visit`. Green? (It
#    depends on your Python.)
# 4. Put `Point(1.5, 2.5)` into the loop of `visit`: what colour has making a point? (It depends on your Python.)
