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
# # 1. Fahrenheit: one type for each operator
#
# While a program runs, CPython replaces an instruction that has run a few times by a faster form, made for the kind of
# values it met: `+` on two floats becomes "add two floats". That is *specialization*.
#
# Put `%%specialize` on top of a cell and run it: the cell colours itself.
#
# | you see | it means |
# |---|---|
# | green, solid line | a fast form is in use |
# | yellow, dotted line | a fast form is in use, but it also met values it was not made for |
# | red, wavy line | a fast form was tried, and none fits these values |
# | no colour | nothing to make faster, or no form in this Python, or it did not run often enough |
#
# Where one part encloses another, their colours mix. The line is that of the inner part.
#
# *Checked on CPython 3.11 to 3.15. Outputs that came with it are of 3.11.*
#
# ## Mixed numbers
#
# The temperatures are floats, the constants are ints. **Predict:** which of `-`, `*` and `/` get a fast form?
# Then run the cell.

# %% mixed
# %%specialize
def to_celsius(degrees):
    above_freezing = degrees - 32
    return above_freezing * 5 / 9


week = [61.5, 64.9, 58.3, 70.2, 66.6, 59.0, 62.8]

for _ in range(3):
    for temperature in week:
        to_celsius(temperature)

# timed = %timeit -q -o -n 10000 for degrees in week: to_celsius(degrees)
print(f"{timed.best * 1e9:.0f} ns")

# %% read-mixed [markdown]
# **Read.** Put the mouse on an operator: a card says what happened there. What you see depends on your Python.
#
# | | `-` and `*` | `/` | because |
# |---|---|---|---|
# | 3.11 to 3.13 | red | no colour | there are forms for two ints and for two floats, none for one of each; and none at all for `/` |
# | 3.14 and later | green | green | there is a form for an int with a float, too |
#
# The call at the bottom is green everywhere: it met the same function every time.
#
# The line below the cell counts. A *site* is an instruction that can get a fast form; *unsupported*: this Python has no
# form for the operator; *waiting*: ran too little; *cold*: did not run, or not since the code got hot.
#
# Note the time, too. It is the best of seven tries.
#
# ## Floats on both sides
#
# Change one thing: write the constants as floats. **Predict:** what turns green? Does the time change?

# %% floats
# %%specialize
def to_celsius(degrees):
    above_freezing = degrees - 32.0
    return above_freezing * 5.0 / 9.0


for _ in range(3):
    for temperature in week:
        to_celsius(temperature)

# timed = %timeit -q -o -n 10000 for degrees in week: to_celsius(degrees)
print(f"{timed.best * 1e9:.0f} ns")

# %% read-floats [markdown]
# **Read.** `-` and `*` have a form on every Python: float with float. It is a little faster.
#
# `/` is the odd one. Up to 3.13 it has no form, so it stays bare: nothing was tried, nothing failed. From 3.14 on it has
# a form for an int with a float only, so now it is red: two floats do not fit. And `*` is part of what is divided, so there
# the colours mix to yellow; its solid line says that `*` itself is fine.
#
# ## Let the compiler divide
#
# `5.0 / 9.0` is always the same number. In parentheses Python computes it once, before anything runs, and the division is
# gone. **Predict:** what is left to be coloured?

# %% folded
# %%specialize
def to_celsius(degrees):
    return (degrees - 32.0) * (5.0 / 9.0)


for _ in range(3):
    for temperature in week:
        to_celsius(temperature)

# timed = %timeit -q -o -n 10000 for degrees in week: to_celsius(degrees)
print(f"{timed.best * 1e9:.0f} ns")

# %% read-folded [markdown]
# **Read.** What is left is green, and the division that is left out costs nothing: compare the three times.
#
# (The last digit of a result may differ from before, because the roundings happen in another order.)
#
# ## A pair that no Python has
#
# `temperature > 60.0` is `True` or `False`, and a bool can be added like a number. **Predict:** will this `+` be green?

# %% warm
# %%specialize
def warm_days(week):
    days = 0
    for temperature in week:
        days = days + (temperature > 60.0)
    return days


for _ in range(3):
    warm_days(week)

# timed = %timeit -q -o -n 10000 warm_days(week)
print(f"{timed.best * 1e9:.0f} ns")

# %% read-warm [markdown]
# **Read.** Red on every Python. The forms want exactly an `int` or exactly a `float`. A `bool` is a kind of int, but not
# exactly one.
#
# **Change one thing:** replace the line of the sum by these two, run the cell again, and compare colour and time.
#
# ```python
#         if temperature > 60.0:
#             days = days + 1
# ```
#
# ## Which pairs does your Python have?
#
# Ask it. This cell adds (or divides) a pair of values a hundred times and then looks which form CPython chose.

# %% table
import sys

import ipyspecialize


def form_of(operator, left, right):
    """Return the fast form that `left operator right` ends up with, or why it has none."""
    operation = eval(f"lambda left, right: left {operator} right")
    for _ in range(100):
        operation(left, right)
    [site] = ipyspecialize.inspect(operation).sites
    return site.form or site.state


print("CPython", sys.version.split()[0])
for operator, left, right in [
    ("+", 1, 1),
    ("+", 1.5, 1.5),
    ("+", 1.5, 1),
    ("+", 1, True),
    ("/", 1.5, 1),
    ("/", 1.5, 1.5),
]:
    pair = f"{type(left).__name__} {operator} {type(right).__name__}"
    print(f"{pair:15}", form_of(operator, left, right))

# %% questions [markdown]
# Other versions say:
#
# | | 3.11 to 3.13 | 3.14 and 3.15 |
# |---|---|---|
# | int + int, float + float | a form | a form |
# | float + int | failed | a form |
# | int + bool | failed | failed |
# | float / int | unsupported | a form |
# | float / float | unsupported | failed |
#
# ## Your turn
#
# Answer first; then change a cell above, run it, and look.
#
# 1. Put `week = [61, 64, 58]` above the loop of the last `to_celsius`. Which of its two operators changes colour, and why
#    not the other?
# 2. And if only one day of seven is an int: `[61, 64.9, 58.3, 70.2, 66.6, 59.0, 62.8]`? The card of `-` counts *misses*:
#    what are they?
# 3. Take away the line `for _ in range(3):` and the two last lines, and keep a single temperature in `week`. Why has
#    `to_celsius` no colour now? (Notebook 2 is about this.)
# 4. How much faster is green? Compare `warm_days` before and after the change, and `to_celsius` in its three versions.
