#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three calls of the service documentation, made with curl against `dubroom-studio` as it is installed; the answers
are compared field for field. Usage: test-curl.py PROGRAM"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

PATIENCE_S = 120
REQUEST_ID = re.compile(r"20\d{12}[0-9A-F]{16}")
ID = re.compile(r"\d{19}")
MOMENT = re.compile(r"20\d\d-[01]\d-[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d")
VIDEO_URL = re.compile(r"file:///.*\.mp4")
NAME = re.compile(r"DUBBING-20\d{12}-[a-z0-9]{3}")
SENTENCE = re.compile(r".{20,}")
SCRIPTS = [
    {"text": "Buenos días.", "text_start_time": 100, "text_end_time": 1200},
    {"text": "Compre un abrigo.", "text_start_time": 1500.5, "text_end_time": 2900},
]


def differences(found, golden, path="answer"):
    """What of found is not as golden says, a line each."""
    if isinstance(golden, re.Pattern):
        if not isinstance(found, str) or not golden.fullmatch(found):
            yield f"{path}: {found!r} is not like {golden.pattern}"
    elif isinstance(golden, dict) and isinstance(found, dict):
        for name in golden.keys() - found.keys():
            yield f"{path}.{name} is missing"
        for name in found.keys() - golden.keys():
            yield f"{path}.{name} is not in the documentation"
        for name in golden.keys() & found.keys():
            yield from differences(found[name], golden[name], f"{path}.{name}")
    elif isinstance(golden, list) and isinstance(found, list):
        if len(golden) != len(found):
            yield f"{path}: {len(found)} elements instead of {len(golden)}"
        for i, (a, b) in enumerate(zip(found, golden)):
            yield from differences(a, b, f"{path}[{i}]")
    elif isinstance(golden, bool) != isinstance(found, bool) or found != golden:
        yield f"{path}: {found!r} instead of {golden!r}"


def compare(what, found, golden):
    lines = list(differences(found, golden))
    if lines:
        sys.exit(f"{what}:\n" + "\n".join(lines) + "\n" + json.dumps(found, indent=2, ensure_ascii=False))
    print(f"{what}: as documented")


def take_own_words(task):
    """Takes out of a task that is worked on what the studio alone tells of it."""
    progress = task.pop("progress", None)
    if progress is not None and (set(progress) != {"stage", "fraction"} or not 0 <= progress["fraction"] <= 1):
        sys.exit(f"the progress of a task is {progress}")


def take_own_words_of_video(info):
    """Takes out of a dub what the studio alone tells of it."""
    lines = info.pop("subtitle_lines", [])
    if [line["text"] for line in lines] != [segment["text"] for segment in SCRIPTS]:
        sys.exit(f"the lines of the subtitles are {lines}")
    for segment in info["original_scripts"] + info["translated_scripts"]:
        unknown = segment.pop("remarks", {}).keys() - {"confidence", "doubts", "natural_ms", "overrun_ms", "unspoken"}
        if unknown:
            sys.exit(f"remarks of a segment have {unknown}")


def envelope(data):
    return {"code": 0, "message": "OK", "request_id": REQUEST_ID, "data": data}


class Studio:
    def __init__(self, program, directory):
        credentials = directory / "credentials"
        self.process = subprocess.Popen(
            [program, "--data-dir", directory / "data", "--credentials", credentials, "--exit-with-parent"],
            stdin=subprocess.PIPE)
        deadline = time.monotonic() + PATIENCE_S
        while not credentials.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit("the studio does not start")
            time.sleep(0.05)
        _, port, token = credentials.read_text().split()
        self.base = f"http://127.0.0.1:{port}/open_api/v1.3/"
        self.headers = directory / "headers"
        self.headers.touch(0o600)
        self.headers.write_text(f"Access-Token: {token}\n")

    def curl(self, path, *more):
        answer = subprocess.run(
            ["curl", "--silent", "--show-error", "--noproxy", "*", "--header", f"@{self.headers}",
             "--write-out", "\n%{http_code} %{content_type}", *more, self.base + path],
            check=True, stdout=subprocess.PIPE, text=True).stdout
        body, _, status = answer.rpartition("\n")
        if status != "200 application/json":
            sys.exit(f"{path} is answered with {status}")
        return json.loads(body)

    def create(self, *items):
        body = json.dumps({"aigc_video_type": "DUBBING", "dubbing_video_info": items})
        return self.curl("creative/aigc/video/task/create/", "--header", "Content-Type: application/json", "--data", body)

    def list(self, ids):
        query = urllib.parse.urlencode({"task_ids": json.dumps(ids), "aigc_video_type": "DUBBING"})
        return self.curl("creative/aigc/video/task/list/?" + query)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(PATIENCE_S) != 0:
            sys.exit("the studio does not end well")


def make_video(path):
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=30:duration=3",
         "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=3",
         "-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "ultrafast", "-c:a", "aac", path],
        check=True)


def probe(path):
    text = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name:format=duration", "-of", "json", path],
        check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(text)
    return sorted(stream["codec_name"] for stream in found["streams"]), float(found["format"]["duration"])


def main():
    with tempfile.TemporaryDirectory(prefix="dubroom-test-") as name:
        directory = pathlib.Path(name)
        video = directory / "video.mp4"
        make_video(video)
        studio = Studio(sys.argv[1], directory)
        url = video.as_uri()

        created = studio.create(
            {"video_url": url, "target_languages": ["es"], "video_name": "Coat · ES", "lipsync_enabled": False,
             "subtitle_enabled": True, "scripts": SCRIPTS},
            {"video_url": url, "target_languages": ["es"]})
        compare("task/create", created, envelope({"task_ids": [ID, ID]}))
        ids = created["data"]["task_ids"]

        deadline = time.monotonic() + PATIENCE_S
        listed = studio.list(ids)
        while any(task["status"] in ("SUBMITTED", "PROCESSING") for task in listed["data"]["list"]):
            if time.monotonic() > deadline:
                sys.exit("the tasks do not come to an end")
            for task in listed["data"]["list"]:
                if task["status"] in ("SUBMITTED", "PROCESSING"):
                    if task["status"] == "PROCESSING":
                        take_own_words(task)
                    extra = task.keys() - {"task_id", "aigc_video_type", "status", "video_name"}
                    if extra:
                        sys.exit(f"a task that is {task['status']} has {extra}")
            time.sleep(0.2)
            listed = studio.list(ids)
        compare("task/list", listed, envelope({"list": [
            {"task_id": ids[0], "aigc_video_type": "DUBBING", "status": "SUCCESS", "video_name": "Coat · ES",
             "video_id": ID, "preview_url": VIDEO_URL},
            {"task_id": ids[1], "aigc_video_type": "DUBBING", "status": "FAILED", "video_name": NAME,
             "error_msg": SENTENCE},
        ]}))
        done = listed["data"]["list"][0]

        videos = studio.curl("creative/aigc/video/list/?aigc_video_types=" + urllib.parse.quote('["DUBBING"]'))
        take_own_words_of_video(videos["data"]["list"][0]["dubbing_info"])
        compare("video/list", videos, envelope({"list": [
            {"aigc_video_type": "DUBBING", "video_id": done["video_id"], "video_name": "Coat · ES",
             "create_time": MOMENT, "preview_url": done["preview_url"],
             "dubbing_info": {"target_language": "es", "original_scripts": SCRIPTS, "translated_scripts": SCRIPTS}},
        ]}))

        codecs, duration = probe(urllib.parse.unquote(urllib.parse.urlparse(done["preview_url"]).path))
        if codecs != ["aac", "h264"] or abs(duration - 3) > 0.05:
            sys.exit(f"the dub is {codecs} of {duration} s")
        print("the dub: H.264 and AAC, of the same duration")
        studio.stop()
        if os.path.exists(directory / "credentials"):
            sys.exit("the file of port and token is left")


if __name__ == "__main__":
    main()
