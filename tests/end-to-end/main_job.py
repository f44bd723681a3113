#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""main_job.py mouse|keyboard DUBROOM SAMPLE: the main job through the real window, on the real studio, by the mouse alone or by the
keyboard alone: pick a video, agree, Generate, watch the queue, look at the dub, save it. Then the saved file is looked at with a
program that is not ours."""

import contextlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

from driver import NotFound, State, Window, has, nodes, wait_for
from saved_file import check

PRESSABLE = ("button", "push button", "toggle button")
VIDEO = "Autumn coat.mp4"


def the_video(sample, whole):
    """A real talking video where the media collection is there (cut short, for the second run), else the sample."""
    place = pathlib.Path(os.environ["HOME"]) / VIDEO
    media = pathlib.Path(os.environ.get("DUBROOM_TEST_MEDIA", "/nonexistent")) / "video" / "en_example_720p.mp4"
    if not media.exists():
        shutil.copy(sample, place)
    elif whole:
        shutil.copy(media, place)
    else:
        cut = ["ffmpeg", "-v", "error", "-i", str(media), "-t", "14", "-c", "copy", str(place)]
        subprocess.run(cut, check=True, stdin=subprocess.DEVNULL)
    return place


def is_sensitive(node):
    return has(node, State.SENSITIVE)


def is_on(node):
    return has(node, State.CHECKED) or has(node, State.PRESSED)


class ByMouse:
    def __init__(self, window):
        self.window = window

    def press(self, name, role=PRESSABLE):
        self.window.click(self.window.find(role, name, is_sensitive))

    def switch(self, role, name, across=0.5):
        node = self.window.find(role, name, is_sensitive)
        self.window.click(node, across)
        wait_for(lambda: is_on(self.window.find(role, name)), f"{name} to be on", 10)

    def choose_video(self):
        self.press(lambda name: "personal folder" in name, "list item")
        self.window.click(self.window.find(("label", "table cell"), VIDEO))
        self.press("Add")

    def show(self, name):
        self.press(name, ("radio button", "toggle button"))

    def accept_save(self):
        self.press("Save")


class ByKeyboard:
    def __init__(self, window):
        self.window = window

    def press(self, name, role=PRESSABLE):
        self.window.find(role, name, is_sensitive)
        self.window.tab_to(role, name)
        self.window.press("space")

    def switch(self, role, name, across=0.5):
        self.window.find(role, name, is_sensitive)
        self.window.tab_to(role, name)
        self.window.press("space")
        wait_for(lambda: is_on(self.window.find(role, name)), f"{name} to be on", 10)

    def choose_video(self):
        self.window.find("dialog", "Choose Videos")
        self.window.press("alt+Home")
        self.window.find("label", VIDEO)
        self.window.tab_to("table row", lambda name: name.startswith(VIDEO), then=("Down",))
        self.window.press("Return")

    def show(self, name):
        self.window.find(("radio button", "toggle button"), name)
        self.window.press({"Original": "alt+1", "Dub": "alt+2"}[name])

    def accept_save(self):
        self.window.find(PRESSABLE, "Save")
        self.window.press("Return")


def ask(database, question):
    """What the program has stored; nothing where it has not stored anything yet."""
    place = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "dubroom" / database
    if not place.exists():
        return []
    with contextlib.closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as connection:
        return connection.execute(question).fetchall()


def check_nothing_left():
    assert not ask("dubroom.db", "SELECT * FROM consents"), "a consent is stored that was not given"
    assert not ask("dubroom.db", "SELECT * FROM tasks"), "a task is there before the consent"
    assert not ask("studio/studio.db", "SELECT * FROM task"), "the studio was asked before the consent"


def check_consent_came_first():
    ((agreed,),) = ask("dubroom.db", "SELECT agreed FROM consents")
    ((sent,),) = ask("dubroom.db", "SELECT min(moment) FROM transitions WHERE to_state = 'submitting'")
    assert agreed <= sent, f"the consent of {agreed} came after the request of {sent}"


def pick_and_generate(window, hand):
    hand.press(lambda name: name.startswith("Start With a Video") or name == "New Dub…")
    hand.press("Choose Files…")
    hand.choose_video()
    window.gone("dialog", "Choose Videos")
    window.find("label", lambda name: name.startswith("Autumn coat"))
    agree = window.find("check box", lambda name: name.startswith("I agree"))
    assert not is_on(agree), "the consent must start unticked"
    hand.switch("toggle button", "Spanish")
    hand.switch("check box", "Subtitles")
    generate = window.find(PRESSABLE, "Generate")
    assert not is_sensitive(generate), "Generate must wait for the consent"
    check_nothing_left()
    hand.switch("check box", lambda name: name.startswith("I agree"), 0.1)
    check_nothing_left()
    hand.press("Generate")


def look_and_save(window, hand):
    hand.press("Review")
    hand.show("Original")
    wait_for(lambda: is_on(window.find(("radio button", "toggle button"), "Original")), "the original to be shown", 20)
    hand.show("Dub")
    hand.press("Play")
    window.find(PRESSABLE, "Pause")
    seek = window.find("slider", "Position")
    wait_for(lambda: window.value(seek) > 1.0, "the dub to play", 30)
    hand.press("Pause")
    hand.press("Save…")
    window.find("label", lambda name: name.startswith("If you choose to download and edit any output"))
    hand.press(lambda name: name.startswith("Choose Where to Save"))
    hand.accept_save()


def main():
    mode, dubroom, sample = sys.argv[1], os.path.abspath(sys.argv[2]), os.path.abspath(sys.argv[3])
    video = the_video(sample, mode == "mouse")
    home = pathlib.Path(os.environ["HOME"])
    environment = dict(os.environ, G_DEBUG="fatal-warnings", G_ENABLE_DIAGNOSTIC="1")
    os.chdir(home)
    window = Window([dubroom], environment)
    hand = ByMouse(window) if mode == "mouse" else ByKeyboard(window)
    try:
        pick_and_generate(window, hand)
        window.find("label", "Ready to review", patience=240)
        check_consent_came_first()
        look_and_save(window, hand)
        saved = wait_for(lambda: next(home.glob("Autumn coat*Spanish*.mp4"), None), "the saved file")
        window.gone("progress bar")
        status = window.close()
    except (NotFound, AssertionError, RuntimeError):
        window.picture(os.path.join(os.environ.get("MESON_BUILD_ROOT", "."), f"end-to-end-{mode}.png"))
        for node in nodes(window.root):
            if node.get_name() and node.get_state_set().contains(State.SHOWING):
                print("#", node.get_role_name(), repr(node.get_name())[:100], "focused" if node.get_state_set().contains(State.FOCUSED) else "")
        window.close()
        raise
    assert status in (0, -15), f"the program ended with {status}"
    check(saved, video)
    print(f"the main job by {mode}: {saved.name} is right")


if __name__ == "__main__":
    main()
