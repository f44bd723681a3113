# SPDX-License-Identifier: GPL-3.0-or-later
"""The built-in studio as a program of its own, asked as the window asks it."""
import json
import os
import pathlib
import subprocess
import time
import urllib.parse
import urllib.request


class Studio:
    def __init__(self, data, *options):
        program = f"{os.environ['DUBROOM_BUILD']}/src/studio/dubroom-studio"
        self.data = data
        self.process = subprocess.Popen([program, "--exit-with-parent", "--data-dir", str(data), *options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        _, port, self.token = self.process.stdout.readline().split()
        self.base = f"http://127.0.0.1:{port}/open_api/v1.3/"
        # a proxy of the system's is not for this machine
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def _ask(self, request):
        request.add_header("Access-Token", self.token)
        start = time.monotonic()
        answer = json.load(self.opener.open(request))
        return answer, (time.monotonic() - start) * 1000

    def post(self, path, body):
        """The answer, and how many milliseconds it took."""
        return self._ask(urllib.request.Request(self.base + path, json.dumps(body).encode(), {"Content-Type": "application/json"}))

    def tasks(self, ids):
        query = urllib.parse.urlencode({"task_ids": json.dumps(ids)})
        return self._ask(urllib.request.Request(f"{self.base}creative/aigc/video/task/list/?{query}"))[0]["data"]["list"]

    def workers(self):
        """The processes that dub now."""
        found = []
        for child in pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            try:
                if b"--work" in pathlib.Path(f"/proc/{child}/cmdline").read_bytes():
                    found.append(int(child))
            except OSError:
                pass
        return found

    def await_worker(self):
        while not self.workers():
            time.sleep(0.01)
