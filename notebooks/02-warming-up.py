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
# # 2. Warming up: code must run before it gets fast
#
# CPython does not guess. It waits until an instruction has run with real values, and only then chooses a fast form. So the
# first runs of any code go without.
#
# *Checked on CPython 3.11 to 3.15. Outputs that came with it are of 3.11.*
#
# ## Once
#
# Float times float: there is a fast form for that. **Predict:** which colour has `*`?

# %% once
# %%specialize
price = 2.5
tax = price * 0.2

# %% read-once [markdown]
# **Read.** None. The line ran one single time, and a form is for the next time. Code at the top of a cell always runs
# once, unless it stands in a loop.
#
# ## In a loop
#
# **Predict:** and now?

# %% loop
# %%specialize
prices = [2.5] * 20
taxes = 0.0
for price in prices:
    taxes = taxes + price * 0.2

# %% read-loop [markdown]
# **Read.** Green. The colour does not tell *when* it got green. To see that, watch a function call by call.
#
# ## Twenty calls
#
# `%specialize --warm-up` calls a function again and again, from the very first call on, and looks after each one. **Predict:**
# after which call does the first colour come? Run the cell, then move the slider, or press *Next change*.

# %% calls
def with_tax(price):
    tax = price * 0.2
    return price + tax


# %specialize --warm-up 20 with_tax(2.5)

# %% read-calls [markdown]
# **Read.**
#
# | | the first colour comes |
# |---|---|
# | 3.11 | with the 8th call, everywhere at once: a function as a whole must be warm before anything in it is tried |
# | 3.12 and later | with the 2nd call: each place is tried when it runs for the second time |
#
# Rounds of a loop count like calls, so a function with a long loop gets warm within its first call. A short one needs
# callers that come back. Either way a few runs are enough.
#
# ## The same code, in a function
#
# Two loops do the same, one at the top of the cell, one in a function. **Predict:** do the colours differ? Do the times?

# %% places
# %%specialize
from time import perf_counter

numbers = [0.5] * 500_000

began = perf_counter()
total = 0.0
for number in numbers:
    total = total + number
print(f"{(perf_counter() - began) * 1000:.1f} ms at the top of the cell")


def add_up(numbers):
    total = 0.0
    for number in numbers:
        total = total + number
    return total


began = perf_counter()
add_up(numbers)
print(f"{(perf_counter() - began) * 1000:.1f} ms in a function")

# %% read-places [markdown]
# **Read.** `+` is green in both, and the function is clearly faster. The difference is in what has no colour: the *names*.
# This cell prints the instructions that read and write them.

# %% names
import dis

top = compile("total = total + number", "top", "exec")
for where, code in [("top of a cell", top), ("function", add_up)]:
    used = {step.opname for step in dis.get_instructions(code) if step.argval in ("total", "number")}
    print(f"{where:14} {' '.join(sorted(used))}")

# %% questions [markdown]
# **Read.** At the top of a cell each name is looked up in a dictionary, each time: `LOAD_NAME`, `STORE_NAME`. No Python has
# a fast form for these. In a function the compiler gives every local name a number: `LOAD_FAST`, `STORE_FAST` (newer
# versions write longer names). There is nothing left to make faster, so they have no colour either.
#
# So: what runs long belongs in a function.
#
# ## Your turn
#
# Answer first; then change a cell above, run it, and look.
#
# 1. Make `prices` shorter: `[2.5] * 5`. Is `*` still green? (It depends on your Python.)
# 2. Write `%specialize --warm-up 20 add_up([1.5, 2.5, 3.5])` into a new cell. With which call does `+` turn green, and why
#    so early?
# 3. Put `%%specialize` on top of the cell with `with_tax`. In place of the warm-up call `with_tax(2)` once, then
#    `with_tax(2.5)` twenty times. Does the first call matter?
# 4. Move the line `numbers = ...` into `add_up`. Does the time change? What have you measured now?
