# SPDX-License-Identifier: GPL-3.0-or-later
"""A row for each figure: name, value with unit, goal, holds or short."""
import statistics
import subprocess
import sys


class Figures:
    def __init__(self):
        self.rows = []

    def at_most(self, name, value, unit, limit, digits=1, made_of=None):
        """A figure that must not be above @limit; @made_of says in words what it was worked out from."""
        shown = f"{value:.{digits}f} {unit}" + (f" ({made_of})" if made_of else "")
        self.rows.append((name, shown, f"≤ {limit:g} {unit}", "holds" if value <= limit else "short"))

    def ratio(self, name, value, peer, unit, limit, digits=0):
        """How many times what a peer took in the same run."""
        self.at_most(name, value / peer, "×", limit, 2, f"{value:.{digits}f} to {peer:.{digits}f} {unit}")

    def end(self):
        """Prints the rows; the exit status is 1 if one is short."""
        widths = [max(len(row[i]) for row in self.rows) for i in range(3)]
        for name, value, goal, verdict in self.rows:
            print(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {goal:<{widths[2]}}  {verdict}")
        sys.exit(1 if any(row[3] == "short" for row in self.rows) else 0)


def median(values):
    return statistics.median(values)


def percentile(values, hundredths):
    return sorted(values)[min(len(values) - 1, int(len(values) * hundredths / 100))]


def output_of(*command, **options):
    """What a command prints; when it fails, what it said, and the end."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout
