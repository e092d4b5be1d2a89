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
# # 6. A real program: from red to fast
#
# The sun and four planets pull at each other; a program follows them step by step. It is the *n-body* program that many
# language comparisons use, written here the way one would write it first: tidy, with a `Vector` class.
#
# You will look for the red places that matter, change two things, and measure what each gains.
#
# *Checked on CPython 3.11 to 3.15. Outputs that came with it are of 3.11, and show how each cell looked at the end.*

# %% data
from itertools import combinations

SOLAR_MASS = 39.47841760435743  # in units in which the sun pulls with 4 pi squared

# Place (in distances from the earth to the sun), speed (per year), mass.
SYSTEM = [
    ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), SOLAR_MASS),
    ((4.841431, -1.160320, -0.103622), (0.606326, 2.811986, -0.025218), 0.037694),  # Jupiter
    ((8.343367, 4.124799, -0.403523), (-1.010774, 1.825662, 0.008416), 0.011286),  # Saturn
    ((12.894370, -15.111151, -0.223308), (1.082791, 0.868713, -0.010833), 0.001724),  # Uranus
    ((15.379697, -25.919315, 0.179259), (0.979091, 0.594699, -0.034756), 0.002034),  # Neptune
]

# %% first
# %%specialize
from typing import NamedTuple


class Vector(NamedTuple):
    x: float
    y: float
    z: float

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)


class Body:
    def __init__(self, place, speed, mass):
        self.place = Vector(*place)
        self.speed = Vector(*speed)
        self.mass = mass


def start():
    bodies = [Body(*numbers) for numbers in SYSTEM]
    return bodies, list(combinations(bodies, 2))


def advance(bodies, pairs, time):
    for a, b in pairs:
        gap = a.place - b.place
        distance = (gap.x * gap.x + gap.y * gap.y + gap.z * gap.z) ** 0.5
        pull = time / (distance * distance * distance)
        a.speed = a.speed - gap * (b.mass * pull)
        b.speed = b.speed + gap * (a.mass * pull)
    for body in bodies:
        body.place = body.place + body.speed * time


bodies, pairs = start()

# timed = %timeit -q -o -n 200 advance(bodies, pairs, 0.001)
print(f"{timed.best * 1e6:.1f} µs")

# %% read-first [markdown]
# **Read.** A lot of red, though every number is a float. (Where a green field stands in a red call, the colours mix to yellow
# and orange; trust the lines.) Which red matters? What runs most often: the first loop of `advance`, ten rounds a step for
# ten pairs, and the methods of `Vector`, which it calls.
#
# ## The review
#
# Press F8 (*View* ▸ *Specialization* ▸ *Next Failing Code*) to go from one red place to the next, and read its card.
# **Predict:** how many different causes are there?
#
# Then list them all. This cell prints for each instruction how many of its places failed, and shows three:

# %% review
import ipyspecialize


def review(*things):
    """Print which instructions of `things` failed, in how many places, and three of these."""
    failed, total = {}, 0
    for reading in map(ipyspecialize.inspect, things):
        lines = reading.text.split("\n")
        total += len(reading.sites)
        for site in reading.sites:
            if site.state == "failed":
                line, column, _, end = site.span
                failed.setdefault(site.opname, []).append(lines[line - 1][column:end][:24])
    print(f"{sum(map(len, failed.values()))} of {total} sites failed")
    for name, places in failed.items():
        print(f"{len(places):4} {name:10} {' | '.join(sorted(dict.fromkeys(places), key=len)[:3])}")


review(advance, Vector)

# %% read-review [markdown]
# **Read.** Two causes, again and again:
#
# - `LOAD_ATTR`, that is `self.x` and `gap.x`: fields of a namedtuple. CPython has forms for attributes of plain classes
#   and for slots, none for these.
# - `BINARY_OP`, that is `a.place - b.place` and its like: operators on objects of ours. The forms are for numbers and
#   strings.
#
# (On 3.11 and 3.12 making a `Vector` is red as well; from 3.14 on so is the one division.)
#
# ## First change: a class with slots
#
# **Predict:** which of the two causes goes away? How much faster will it be?

# %% slots
# %%specialize
class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)


bodies, pairs = start()

# timed = %timeit -q -o -n 200 advance(bodies, pairs, 0.001)
print(f"{timed.best * 1e6:.1f} µs")
review(advance, Vector)

# %% read-slots [markdown]
# **Read.** The fields are green, and gone from the list. The operators of `advance` are as red as before: look at its cell
# above. (Making a `Vector` stays red on 3.11 and 3.12.)
#
# ## Second change: plain floats
#
# What is left is the `Vector` itself: each operator on vectors calls a method and makes an object. Write the numbers out.
# It is longer and less pretty. **Predict:** is it worth it?

# %% plain
# %%specialize
class Body:
    def __init__(self, place, speed, mass):
        self.x, self.y, self.z = place
        self.speed_x, self.speed_y, self.speed_z = speed
        self.mass = mass


def advance(bodies, pairs, time):
    for a, b in pairs:
        x = a.x - b.x
        y = a.y - b.y
        z = a.z - b.z
        distance = (x * x + y * y + z * z) ** 0.5
        pull = time / (distance * distance * distance)
        for_a = b.mass * pull
        for_b = a.mass * pull
        a.speed_x = a.speed_x - x * for_a
        a.speed_y = a.speed_y - y * for_a
        a.speed_z = a.speed_z - z * for_a
        b.speed_x = b.speed_x + x * for_b
        b.speed_y = b.speed_y + y * for_b
        b.speed_z = b.speed_z + z * for_b
    for body in bodies:
        body.x = body.x + body.speed_x * time
        body.y = body.y + body.speed_y * time
        body.z = body.z + body.speed_z * time


bodies, pairs = start()

# timed = %timeit -q -o -n 200 advance(bodies, pairs, 0.001)
print(f"{timed.best * 1e6:.1f} µs")
review(advance)

# %% read-plain [markdown]
# **Read.** Green nearly everywhere. `** 0.5` is bare: no version has a form for it. `time / ...` divides two floats: bare
# up to 3.13, red from 3.14 on. Neither matters: it is one step among sixty.
#
# Compare the three times. Some of the gain is colour: fields that are found at once. Some is work that is not done any
# more: no objects made, no methods called. Red showed where to look; the clock says what it was worth.
#
# And is it right? The energy of the planets must stay (nearly) what it was, however one computes it.

# %% energy
def energy(bodies, pairs):
    moving = sum(b.mass * (b.speed_x**2 + b.speed_y**2 + b.speed_z**2) / 2 for b in bodies)
    apart = [((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2) ** 0.5 for a, b in pairs]
    pulling = sum(a.mass * b.mass / distance for (a, b), distance in zip(pairs, apart))
    return moving - pulling


before, after = energy(*start()), energy(bodies, pairs)
print(f"energy at the start {before:.6f}, now {after:.6f}")

# %% questions [markdown]
# ## Your turn
#
# Answer first; then change a cell above, run it, and look.
#
# 1. Take the line `__slots__ = ...` out of the second `Vector`. What changes, colours or time?
# 2. Give the first `Vector` the methods `plus`, `minus` and `times` in place of its operators, and call those in `advance`,
#    in the same cell. Which red goes away? Is it faster?
# 3. Start the sun at `(0, 0, 0)`, ints in place of floats. Does the last version change its colours? For how many steps is
#    there an int?
# 4. In the last version replace `** 0.5` by a call of `math.sqrt`. Is that green? Is it faster?
