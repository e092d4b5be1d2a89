# SPDX-License-Identifier: BSD-3-Clause
"""Source files as they ran in this process: read, counted, written as pages."""
