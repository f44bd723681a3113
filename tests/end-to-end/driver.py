# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window as a person with assistive technology does: finds and reads by AT-SPI, clicks and types by
X events. There are no ids in AT-SPI, so things are found by role and name."""

import os
import re
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

State = Atspi.StateType
PATIENCE = float(os.environ.get("DUBROOM_TEST_PATIENCE", "60"))


class NotFound(AssertionError):
    pass


def wait_for(look, what, patience=PATIENCE):
    """Asks again until look() gives something; a node may vanish while it is being read."""
    end = time.monotonic() + patience
    while True:
        try:
            found = look()
        except GLib.Error:
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise NotFound(f"waited {patience:.0f} s in vain for {what}")
        time.sleep(0.05)


def nodes(root):
    seen, stack = set(), [root]
    while stack:
        node = stack.pop()
        if node is None or hash(node) in seen:
            continue
        seen.add(hash(node))
        yield node
        try:
            stack += [node.get_child_at_index(i) for i in reversed(range(node.get_child_count()))]
        except GLib.Error:
            pass


def has(node, state):
    node.clear_cache_single()
    return node.get_state_set().contains(state)


def extents(node):
    box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return box.x, box.y, box.width, box.height


class Window:
    """The program under test and its window."""

    def __init__(self, command, environment=None, log=None):
        self.process = subprocess.Popen(command, env=environment or os.environ, stdout=log, stderr=log)
        self.root = wait_for(self._application, "the program")
        wait_for(self._geometry, "its window on the screen")

    def _application(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the program ended with {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_process_id() == self.process.pid and child.get_child_count():
                return child
        return None

    def _geometry(self, title=None):
        """Where a window of the program is on the screen."""
        name = f"^{re.escape(title)}$" if title else "."
        search = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", name]
        windows = subprocess.run(search, capture_output=True, text=True, check=False).stdout.split()
        if not windows:
            return None
        # xdotool's own answer counts the frame of a window manager twice
        answer = subprocess.run(["xwininfo", "-id", windows[-1]], capture_output=True, text=True, check=False).stdout
        corner = re.findall(r"Absolute upper-left [XY]: +(-?\d+)", answer)
        return tuple(map(int, corner)) if len(corner) == 2 else None

    def look(self, role=None, name=None, where=None, within=None):
        """What is on the screen now, or None."""
        self.root.clear_cache()
        for node in nodes(within or self.root):
            if role and node.get_role_name() not in (role if isinstance(role, tuple) else (role,)):
                continue
            called = (node.get_name() or "").replace("_", "")
            if name is not None and not (name(called) if callable(name) else called == name):
                continue
            if not node.get_state_set().contains(State.SHOWING):
                continue
            if where and not where(node):
                continue
            return node
        return None

    def find(self, role=None, name=None, where=None, within=None, patience=PATIENCE):
        return wait_for(lambda: self.look(role, name, where, within), f"{role} {name!r}", patience)

    def gone(self, role=None, name=None, patience=PATIENCE):
        wait_for(lambda: self.look(role, name) is None, f"{role} {name!r} to go", patience)

    def point(self, node, across=0.5):
        """The middle of a node on the screen, once it has stopped moving."""
        last = None

        def still():
            nonlocal last
            node.clear_cache_single()
            now = extents(node)
            if now == last and now[2] > 0:
                return now
            last = now
            time.sleep(0.15)
            return None

        x, y, width, height = wait_for(still, f"{node.get_name()!r} to stand still")
        top_level = node
        while top_level.get_parent().get_role_name() != "application":
            top_level = top_level.get_parent()
        left, top, _, _ = extents(top_level)
        place = wait_for(lambda: self._geometry(top_level.get_name()), f"the window {top_level.get_name()!r}")
        return place[0] + x - left + int(width * across), place[1] + y - top + height // 2

    def click(self, node, across=0.5):
        x, y = self.point(node, across)
        subprocess.run(["xdotool", "mousemove", "--sync", str(x), str(y), "click", "1"], check=True)

    def value(self, node):
        node.clear_cache_single()
        return Atspi.Value.get_current_value(node.get_value_iface())

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "40", *keys], check=True)

    def write(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "12", text], check=True)

    def focused(self):
        self.root.clear_cache()
        last = None
        for node in nodes(self.root):
            if node.get_role_name() not in ("frame", "application") and node.get_state_set().contains(State.FOCUSED):
                last = node
        return last

    def tab_to(self, role, name, key="Tab", then=(), limit=60):
        """Presses Tab until this has the focus; @then are keys to try in each place, for lists that are entered by arrows."""
        roles = role if isinstance(role, tuple) else (role,)

        def arrived():
            node = self.focused()
            called = (node.get_name() or "").replace("_", "") if node else ""
            return node if node and node.get_role_name() in roles and (name(called) if callable(name) else called == name) else None

        for _ in range(limit):
            for step in (None, *then):
                if step:
                    self.press(step)
                try:
                    return wait_for(arrived, f"the focus on {role}", 0.3)
                except NotFound:
                    pass
            self.press(key)
        raise NotFound(f"{key} does not reach {role} {name!r}")

    def picture(self, path):
        subprocess.run(["import", "-window", "root", path], check=False)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode
