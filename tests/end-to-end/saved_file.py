# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at a dubbed file with ffmpeg, a program that is not ours."""

import array
import json
import subprocess

DURATION_TOLERANCE_S = 0.05


def probe(path):
    question = ["ffprobe", "-v", "error", "-show_entries", "format=duration:stream=codec_type,codec_name", "-of", "json", str(path)]
    return json.loads(subprocess.run(question, check=True, capture_output=True).stdout)


def duration(path):
    return float(probe(path)["format"]["duration"])


def sound(path):
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-map", "0:a:0", "-ac", "1", "-ar", "8000", "-f", "s16le", "-"]
    return array.array("h", subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout)


def energy(samples):
    return (sum(s * s for s in samples) / max(len(samples), 1)) ** 0.5


def white_share(path, second, height):
    """How much of the lower part of the picture is white."""
    chain = f"scale=160:90,crop=160:{height}:0:{90 - height},format=gray"
    command = ["ffmpeg", "-v", "error", "-ss", str(second), "-i", str(path), "-frames:v", "1", "-vf", chain, "-f", "rawvideo", "-"]
    pixels = subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout
    return sum(p > 235 for p in pixels) / max(len(pixels), 1)


def check(path, original):
    """A dub with subtitles of this original: its streams, its duration, other speech than before, a box with text."""
    streams = sorted((s["codec_type"], s["codec_name"]) for s in probe(path)["streams"])
    assert streams == [("audio", "aac"), ("video", "h264")], f"streams are {streams}"
    difference = abs(duration(path) - video_duration(original))
    assert difference <= DURATION_TOLERANCE_S, f"the duration is {difference * 1000:.0f} ms off"

    dub, before = sound(path), sound(original)
    assert energy(dub) > 100, "there is no sound"
    common = min(len(dub), len(before))
    changed = energy([dub[i] - before[i] for i in range(common)])
    assert changed > 0.3 * energy(before[:common]), "the speech is the same as before"

    seconds = range(1, max(int(duration(path)) - 1, 2))
    whiter = max(white_share(path, second, 30) - white_share(original, second, 30) for second in seconds)
    assert whiter > 0.1, f"there are no subtitles on the picture: at most {whiter:.0%} of it are whiter than before"


def video_duration(path):
    question = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=duration", "-of", "json", str(path)]
    return float(json.loads(subprocess.run(question, check=True, capture_output=True).stdout)["streams"][0]["duration"])
