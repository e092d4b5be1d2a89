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
# # 5. What cannot be fast, and when not to care
#
# CPython has fast forms for the operations that most programs do most, and none for the rest. This notebook shows some of
# the rest, what you can write instead, and what the clock says about it.
#
# *Checked on CPython 3.11 to 3.15. Outputs that came with it are of 3.11.*
#
# ## Operators
#
# Each line stands beside another way to write the same. **Predict:** which are green?

# %% operators
# %%specialize
def operators(n, x):
    for _ in range(100):
        x ** 2
        x * x
        n // 2
        n >> 1
        n % 2
        n & 1


operators(17, 2.5)

# %% read-operators [markdown]
# **Read.** Only `x * x` is green everywhere. `**`, `//`, `>>` and `%` have no form in any version, so they stay bare:
# nothing to try. From 3.14 on `n & 1` is green, too.
#
# ## Containers
#
# **Predict:** which of these places get a form? (`pair` is a namedtuple.)

# %% containers
# %%specialize
from collections import deque, namedtuple

Pair = namedtuple("Pair", "first second")


def containers(letters, queue, numbers, pair, plain):
    for _ in range(100):
        letters[1]
        letters[-1]
        queue[1]
        numbers[1]
        first, second = pair
        first, second = plain


containers(["a", "b", "c"], deque("abc"), range(3), Pair(1, 2), (1, 2))

# %% read-containers [markdown]
# **Read.** Green: a list by a number from 0 up, and a plain tuple that is taken apart. Red: the deque, the range, the
# namedtuple (it is a *kind of* tuple, and the forms want exactly a tuple). `letters[-1]` is not green either: 3.11 gives it
# a form whose check fails every time, hence the dots; later versions give it none.
#
# ## What the clock says
#
# Red and bare places are slower. **Predict:** by how much? Which of the changes below would you make in your own program?

# %% clock
from timeit import repeat

values = {
    "n": 17,
    "x": 2.5,
    "last": 2,
    "letters": ["a", "b", "c"],
    "queue": deque("abc"),
    "numbers": range(3),
    "listed": [0, 1, 2],
    "pair": Pair(1, 2),
    "plain": (1, 2),
}


def clock(expression):
    """Return the nanoseconds of one run of `expression`, the best of seven tries."""
    return min(repeat(expression, globals=values, number=50_000, repeat=7)) / 50_000 * 1e9


for expression, instead in [
    ("x ** 2", "x * x"),
    ("numbers[1]", "listed[1]"),
    ("a, b = pair", "a, b = plain"),
    ("n // 2", "n >> 1"),
    ("n % 2", "n & 1"),
    ("queue[1]", "letters[1]"),
    ("letters[-1]", "letters[last]"),
]:
    print(f"{expression:12} {clock(expression):6.1f} ns    {instead:14} {clock(instead):6.1f} ns")

# %% read-clock [markdown]
# **Read.** Three groups:
#
# - *Worth it, in a loop that runs a million times:* `x * x` for `x ** 2`, a list for a range that is read by number, a
#   plain tuple for a namedtuple that is taken apart.
# - *Not worth it:* `n >> 1` for `n // 2` and `n & 1` for `n % 2` save a few nanoseconds at best, and say less clearly what
#   you mean. `letters[-1]` is fine as it is.
# - *A wrong question:* a deque is there for taking from its left end, which a list does slowly. A few nanoseconds for
#   reading from its middle are no reason to give it up.
#
# ## Green is not the goal
#
# Here are two ways to ask whether a dictionary is empty. **Predict:** which has more green? Which is faster?

# %% empty
# %%specialize
def empty_by_length(box):
    if len(box) == 0:
        return True
    return False


def empty_by_truth(box):
    if not box:
        return True
    return False


values["box"] = {"apples": 3}

for _ in range(50):
    empty_by_length(values["box"])
    empty_by_truth(values["box"])

print(f"len(box) == 0  {clock('len(box) == 0'):5.1f} ns")
print(f"not box        {clock('not box'):5.1f} ns")

# %% read-empty [markdown]
# **Read.** The first is all green: finding `len`, calling it, comparing. The second is bare up to 3.12 and red from 3.13
# on, where truth got forms, but none for a dictionary. And the second is the faster one: one step without a form beats
# three with one. Colour says how CPython does what you wrote. It does not say that you wrote the right thing.
#
# ## Which has your Python?
#
# Forms come with each version. Ask yours:

# %% table
import sys
from collections import defaultdict

import ipyspecialize

things = {
    "n": 17,
    "word": "abc",
    "few": {1, 2, 3},
    "listed": [1, 2, 3],
    "counts": defaultdict(int, a=1),
}


def form_of(expression):
    """Return the last fast form that `expression` ends up with, or why it has none."""
    function = eval(f"lambda n, word, few, listed, counts: {expression}")
    for _ in range(100):
        function(**things)
    sites = ipyspecialize.inspect(function).sites
    return (sites[-1].form or sites[-1].state) if sites else "no form to try"


print("CPython", sys.version.split()[0])
for expression in ["word[1]", "n in few", "n & 1", "listed[0:2]", "listed + listed", 'counts["a"]']:
    print(f"{expression:16} {form_of(expression)}")

# %% questions [markdown]
# **Read.** New with 3.13: `word[1]`, `n in few`. With 3.14: `n & 1`, `listed[0:2]`. With 3.15: `listed + listed`,
# `counts["a"]`. What has no form today may get one: one more reason to write what you mean.
#
# ## Your turn
#
# Answer first; then change a cell above, run it, and look.
#
# 1. Add the line `x / 2.0` and the line `x * 0.5` to `operators`. Which is green? Add both to the list of the clock.
# 2. Read `pair[0]` and `pair.first` in `containers`. Does either get a form?
# 3. Make the range a list before the loop: `numbers = list(numbers)`. Which colour has `numbers[1]` then? When does that
#    pay, when does it not?
# 4. Find the slowest line of a program of your own. Is its colour the reason? What else could be?
