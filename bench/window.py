#!/usr/bin/env python3
"""Measures the real window. A figure is never a pass or a fail.

    tools/with-desktop.sh bench/window.py start|small|large|answer|run [PROGRAM]

`start`: until the page painted, and until its first view can be used, ten starts each of a new and of a used folder.
`small`, `large`: opening a definition of 5 and of 2,000 streams (1.2 MB), and from a key to what follows from it.
`answer`: a response of 50 MB: opening, the longest frame while it is scrolled, and the memory of the window.
`run`: the memory of the window over a sync of 1,000,000 records.
"""

import http.server
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PROGRAM = os.path.abspath(sys.argv[2] if len(sys.argv) > 2 else "target/release/tapwright-app")


def start(rounds=10):
    """Milliseconds from the program's first statement until the page painted first, and until it could be used."""
    for name in ("new", "used"):
        folder = tempfile.mkdtemp()
        found = {"painted": [], "ready": []}
        for turn in range(rounds + (name == "used")):
            data = folder if name == "used" else tempfile.mkdtemp()
            env = {**os.environ, "TAPWRIGHT_DATA_DIR": data, "TAPWRIGHT_START_TIMES": "1", "TAPWRIGHT_PAINT_SECONDS": "0"}
            child = subprocess.Popen([PROGRAM], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            for line in child.stdout:
                word, _, told = line.strip().partition(" ")
                if word in found and not (name == "used" and turn == 0):
                    found[word].append(int(told))
                if word == "ready":
                    break
            child.terminate()
            child.wait()
        for word, all_of_it in found.items():
            print(f"{name} folder: {word} after {statistics.median(all_of_it):.0f} ms"
                  f" ({min(all_of_it):.0f} to {max(all_of_it):.0f}, {len(all_of_it)} starts)", flush=True)


class Api(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/million"):
            page = int(urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).get("page", ["1"])[0])
            one = '{"id":%d,"name":"Name %d","text":"' + "x" * 60 + '"}'
            ids = range((page - 1) * 1000, page * 1000) if page <= 1000 else ()
            body = ('{"total":1000000,"data":[' + ",".join(one % (n, n) for n in ids) + "]}").encode()
        elif self.path.startswith("/large"):
            one = '{"id":%d,"name":"Name %d","text":"' + "x" * 460 + '"}'
            body = ('{"data":[' + ",".join(one % (n, n) for n in range(100_000)) + "]}").encode()
        else:
            body = json.dumps({"data": [{"id": n, "name": f" Name {n} ", "contact": {"email": "a@b.test"}} for n in range(100)]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def definition(base, streams):
    yield f"tapwright: 1\nname: large\nhttp: {{base_url: '{base}'}}\nstreams:\n"
    for n in range(streams):
        yield f"""  # The {n}th.
  - name: stream_{n}
    request:
      path: /v1/customers
      query: {{expand: address, updated_since: "2024-01-01", kind: k{n}}}
    records: {{path: "$.data[*]"}}
    paginate: {{type: page, inject: {{query: page}}, start: 1, size: {{value: 1000, inject: {{query: per_page}}}}}}
    key: [id]
    fields:
      - {{name: id, type: integer}}
      - {{name: name, type: string, transform: [trim]}}
      - {{name: email, type: string, from: $.contact.email}}
      - {{name: created, type: datetime, from: $.created_at}}
      - {{name: updated, type: datetime, from: $.updated_at}}
      - {{name: label, type: string, template: "{{{{ record.id }}}} {{{{ record.name | upper }}}}"}}
"""


class Window:
    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        env = {**os.environ, "TAURI_WEBVIEW_AUTOMATION": "true", "TAPWRIGHT_DATA_DIR": tempfile.mkdtemp()}
        command = ["WebKitWebDriver", f"--port={port}", "--host=127.0.0.1"]
        self.driver = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        options = {"webkitgtk:browserOptions": {"binary": PROGRAM, "args": []}}
        for _ in range(100):
            try:
                answer = self.send("POST", "/session", {"capabilities": {"alwaysMatch": options}})
                break
            except OSError:
                time.sleep(0.1)
        self.base += "/session/" + answer["sessionId"]
        self.send("POST", "/timeouts", {"script": 180_000})

    def send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"content-type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=200) as answer:
            return json.load(answer)["value"]

    def run(self, script):
        return self.send("POST", "/execute/sync", {"script": script, "args": []})

    def run_async(self, script):
        return self.send("POST", "/execute/async", {"script": script, "args": []})

    def find(self, css):
        found = self.send("POST", "/elements", {"using": "css selector", "value": css})
        return found[0][ELEMENT] if found else None

    def wait(self, css, seconds=120):
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            found = self.find(css)
            if found:
                return found
            time.sleep(0.005)
        raise SystemExit(f"{css} did not show: " + str(self.run("return document.body.innerText"))[:2000])

    def click(self, css):
        self.send("POST", f"/element/{self.wait(css)}/click", {})

    def type(self, css, text):
        self.send("POST", f"/element/{self.wait(css)}/value", {"text": text})

    def press(self, key):
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.send("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": keys}]})

    def watch_calls(self):
        """Notes each call of the program: when it was sent and when its answer was read."""
        self.run("""window.__calls = [];
            const inner = window.fetch;
            window.fetch = async (...all) => {
                const call = { what: String(all[0]), sent: performance.now() };
                window.__calls.push(call);
                const answer = await inner(...all);
                call.answered = performance.now();
                return answer;
            };
            addEventListener('keydown', () => { window.__key = performance.now(); }, true);
            addEventListener('input', () => { window.__input = performance.now(); }, true);""")

    def watch_frames(self):
        self.run("""window.__gaps = []; let last = performance.now();
            const tick = (now) => { window.__gaps.push(now - last); last = now; requestAnimationFrame(tick); };
            requestAnimationFrame(tick);""")

    def frames(self):
        gaps = self.run("const all = window.__gaps; window.__gaps = []; return all") or [0]
        return f"longest {max(gaps):.0f} ms, median {statistics.median(gaps):.1f} ms, {len(gaps)} frames"

    def memory(self):
        """Resident memory of the program and of its page, in MB."""
        sizes = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                name = os.path.realpath(f"/proc/{pid}/exe").rsplit("/", 1)[-1]
                if name == os.path.basename(PROGRAM) or name == "WebKitWebProcess":
                    for line in open(f"/proc/{pid}/status"):
                        if line.startswith("VmRSS"):
                            sizes[name] = max(sizes.get(name, 0), int(line.split()[1]) // 1024)
            except OSError:
                pass
        return ", ".join(f"{name} {size} MB" for name, size in sorted(sizes.items()))

    def close(self):
        try:
            self.send("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


def timed(name, work):
    began = time.monotonic()
    result = work()
    print(f"{name}: {(time.monotonic() - began) * 1000:.0f} ms", flush=True)
    return result


def keys(streams):
    text = "".join(definition(serve(), streams))
    path = os.path.join(tempfile.mkdtemp(), "made.connector.yaml")
    with open(path, "w") as file:
        file.write(text)
    print(f"a definition of {streams} streams, {len(text)} bytes")
    window = Window()
    try:
        window.type("[data-testid='box']", path)
        window.press("\ue007")
        timed("from Enter to what it asks for", lambda: window.wait("[data-testid='trust-accept']"))
        window.click("[data-testid='trust-accept']")
        timed("from agreeing to its records", lambda: window.wait("[data-testid='accept']"))
        window.watch_calls()
        if window.find("[data-testid='connector-tree']") is None:
            window.click("[data-testid='view-form']")
            timed("to the tree", lambda: window.wait("[data-testid='connector-tree']"))
        window.click("[data-testid='tab-mapping']")
        window.wait("[data-testid='field-name-1']")
        window.watch_frames()
        measure = """const done = arguments[0]; window.__calls.length = 0; const began = performance.now();
            const box = document.querySelector("%s"); box.focus();
            const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
            set.call(box, box.value + 'x'); box.dispatchEvent(new Event('input', { bubbles: true }));
            if (%s) { box.blur(); }
            const look = () => {
                const calls = window.__calls.filter((call) => call.what.includes('rpc') && call.answered);
                if (calls.length > 0) setTimeout(() => requestAnimationFrame(() => done([calls[0].sent - began, calls[0].answered - began, performance.now() - began])), 0);
                else setTimeout(look, 1);
            };
            look();"""
        for name, css, blur in (("a column's name", "[data-testid='field-name-1']", "true"),):
            for _ in range(5):
                sent, answered, drawn = window.run_async(measure % (css, blur))
                print(f"{name}: sent after {sent:.0f}, answered after {answered:.0f}, drawn after {drawn:.0f} ms", flush=True)
                time.sleep(0.5)
        print("frames while typing in a form:", window.frames())
        window.click("[data-testid='view-yaml']")
        timed("to the text", lambda: window.wait(".cm-content"))
        window.run("document.querySelector('.cm-content').focus()")
        window.frames()
        for key in "# abcdef":
            window.run("window.__calls.length = 0; window.__key = 0")
            window.press(key)
            answered = window.run_async("""const done = arguments[0]; const look = () => {
                const call = window.__calls.find((call) => call.what.includes('rpc') && call.answered);
                if (call) done([call.sent - window.__key, call.answered - window.__key]); else setTimeout(look, 2); }; look();""")
            print(f"a key in the text: sent after {answered[0]:.0f}, answered after {answered[1]:.0f} ms", flush=True)
            time.sleep(0.3)
        print("frames while typing in the text:", window.frames())
        window.click("[data-testid='view-form']")
        timed("from the text to the form", lambda: window.wait("[data-testid='builder-pane'] form, [data-testid='builder-pane'] fieldset, [data-testid='builder-pane'] input"))
        window.run("""const box = document.querySelector("[data-testid='connector-tree']"); let at = 0;
            const step = () => { box.scrollTop = (at += 120); if (at < 24000) requestAnimationFrame(step); }; step();""")
        time.sleep(6)
        print("frames while the tree is scrolled:", window.frames())
        print("memory:", window.memory())
    finally:
        window.close()


def scroll(window, name, css):
    window.wait(css)
    window.frames()
    window.run(f"""let box = document.querySelector("{css}");
        while (box && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
        let turns = 0; window.__scrolled = box ? box.scrollHeight : 0;
        const step = () => {{ if (!box) return; box.scrollTop += 140; if ((turns += 1) < 240) requestAnimationFrame(step); }}; step();""")
    time.sleep(6)
    print(f"frames while {name} is scrolled ({window.run('return window.__scrolled')} px):", window.frames(), flush=True)


def answer():
    base = serve()
    window = Window()
    try:
        print("memory at rest:", window.memory(), flush=True)
        window.type("[data-testid='box']", base + "/large")
        window.press("\ue007")
        timed("from Enter to the records of 50 MB", lambda: window.wait("[data-testid='accept']"))
        window.watch_frames()
        scroll(window, "the table", "[data-testid='records-grid'] [role='gridcell']")
        window.click("[data-testid='tab-response']")
        timed("to the tree of the response", lambda: window.wait("[data-path='$.data[3]']"))
        scroll(window, "the tree", "[data-path='$.data[3]']")
        print("memory:", window.memory(), flush=True)
    finally:
        window.close()


def run():
    path = os.path.join(tempfile.mkdtemp(), "million.connector.yaml")
    with open(path, "w") as file:
        file.write(f"""tapwright: 1
name: million
http: {{base_url: '{serve()}'}}
streams:
  - name: all
    request: {{path: /million}}
    records: {{path: "$.data[*]"}}
    paginate: {{type: page, inject: {{query: page}}}}
    key: [id]
    fields: [{{name: id, type: integer}}, {{name: name, type: string}}, {{name: text, type: string}}]
""")
    window = Window()
    try:
        window.type("[data-testid='box']", path)
        window.press("\ue007")
        window.click("[data-testid='trust-accept']")
        window.click("[data-testid='accept']")
        print("memory before:", window.memory(), flush=True)
        window.click("[data-testid='sync-start']")
        began = time.monotonic()
        while window.find("[data-testid='run-outcome'][data-outcome='done']") is None and time.monotonic() - began < 600:
            time.sleep(3)
            print(f"memory after {time.monotonic() - began:.0f} s:", window.memory(), flush=True)
        timed("to the end", lambda: window.wait("[data-testid='run-outcome'][data-outcome='done']", 600))
        print(window.run("return document.querySelector('main').innerText")[:300])
        print("memory after the run:", window.memory(), flush=True)
    finally:
        window.close()


if __name__ == "__main__":
    {"start": start, "small": lambda: keys(5), "large": lambda: keys(2000), "answer": answer, "run": run}[sys.argv[1] if len(sys.argv) > 1 else "start"]()
