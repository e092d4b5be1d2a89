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
# # 4. Losing it: how a fast form goes, and comes back
#
# A fast form is a bet: "the next two values will be floats again". This notebook lets CPython lose the bet, on purpose,
# and counts how long it holds on.
#
# The colours of a cell are alive. When a *later* cell runs a function of an earlier one, the earlier cell changes. So keep
# the cell below in sight.
#
# *Checked on CPython 3.11 to 3.15. Outputs that came with it are of 3.11, and show how the cell looked at the end.*
#
# ## A bet is made
#
# **Predict:** after twenty calls with floats, what colour has `*`?

# %% cost
# %%specialize
def cost(amount, price):
    return amount * price


for _ in range(20):
    cost(1.5, 4.2)

# %% read-cost [markdown]
# **Read.** Green when the cell has run: `BINARY_OP_MULTIPLY_FLOAT`, two floats.
#
# ## It fails three times
#
# `Decimal` numbers can be multiplied, too, but CPython has no form for them. **Predict:** what do three such calls do to
# the cell above? Run the next cell and look *there*.

# %% three
from decimal import Decimal

good = (1.5, 4.2)
bad = (Decimal("1.5"), Decimal("4.2"))

for _ in range(3):
    cost(*bad)

# %% read-three [markdown]
# **Read.** `*` is yellow and dotted, and the line below that cell says which run changed it. The form is still there. Its
# check failed three times, three *misses*, and each time Python took the slow way: the results are right all the same.
#
# ## It fails a hundred times
#
# **Predict:** which colour now?

# %% hundred
for _ in range(100):
    cost(*bad)

# %% read-hundred [markdown]
# **Read.** Red and wavy: the form is lost. Put the mouse on it: the card says so.
#
# ## And back
#
# From now on only floats again. **Predict:** does `*` stay red for ever?

# %% back
for _ in range(1000):
    cost(*good)

# %% read-back [markdown]
# **Read.** The form is back: CPython never gives up for good. Only the dots stay, because the cell remembers the misses
# that it has seen. (Run the cell itself again, and it starts afresh.)
#
# ## How long does it hold on?
#
# **Predict:** how many misses until the form is taken away? And how many good calls until it is back? The next cell tries
# it on fresh copies of the function.

# %% holds
import sys
from types import FunctionType

import ipyspecialize


def look(function):
    """Return the only site of `function`."""
    [site] = ipyspecialize.inspect(function).sites
    return site


print("CPython", sys.version.split()[0])
for calls in (1, 2, 3, 52, 53, 54, 100, 1000):
    function = FunctionType(cost.__code__.replace(), globals())
    for _ in range(20):
        function(*good)
    for _ in range(calls):
        function(*bad)
    site, needed = look(function), 0
    while look(function).form is None:
        function(*good)
        needed += 1
    print(f"{calls:4} bad calls: {site.state:11} {site.form or '-':24} back after {needed}")

# %% read-holds [markdown]
# **Read.** 52 misses are put up with. The 53rd is the end of the form, on every Python. CPython then waits a little
# (*deoptimized* or *waiting*: some versions leave no trace of what was), tries again, finds no form for `Decimal`: *failed*.
#
# After each attempt that failed it waits about twice as long (on 3.15, four times) for the next one, up to a limit. So stray
# values cost next to nothing, and after a long visit of others the way back is longer. The numbers need not grow in step:
# they are what is left of the wait when the good values return.
#
# ## Only a change of mind
#
# Now the new values do have a form, only another one: ints first, then floats. **Predict:** red, or not?

# %% area
# %%specialize
def area(width, height):
    return width * height


for _ in range(20):
    area(2, 3)

for _ in range(53):
    area(2.5, 3.5)

# %% questions [markdown]
# **Read.** It depends on the version what the 53rd miss does:
#
# | | at the 53rd miss | `width * height` |
# |---|---|---|
# | 3.11 | the form goes; the next try is 32 runs away | red |
# | 3.12 and later | the form for the values that are there takes its place at once | green, and the card says: the form for two floats |
#
# On 3.11, write 100 in place of 53, and there is the form for floats as well.
#
# ## Your turn
#
# Answer first; then run, and look at the coloured cell. Run the cell of `cost` again before each question.
#
# 1. Call `cost(2, 4.2)` twice: what colour has `*`? Then `cost(1.5, 4.2)` a thousand times, then `cost(2, 4.2)` once more,
#    each in a cell of its own. Do good calls wash misses away?
# 2. Your program reads numbers from a file, most are floats, one in a thousand is an int. Is that a problem? Try it with
#    a list of 10000 numbers.
# 3. Call `cost("-", 40)` a hundred times. Does your Python have a form for a text times an int?
