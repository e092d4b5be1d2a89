# SPDX-License-Identifier: BSD-3-Clause
"""Facts about CPython, as rows of data for each version, and nothing else."""
