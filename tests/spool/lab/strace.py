"""Running a program of the laboratory under strace: what it calls, a kill or an error at the N-th of each call."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

# « ? »: a call that this processor does not have is no mistake.
CALLS = (
    "openat", "write", "fsync", "fdatasync", "close", "?rename", "?renameat", "renameat2", "?link", "linkat",
    "?unlink", "unlinkat", "?symlink", "symlinkat", "?mkdir", "mkdirat", "ftruncate",
)  # fmt: skip
_LINE = re.compile(r"^(?P<name>\w+)\((?P<args>.*)\) += (?P<result>-?\d+|\?)(?P<rest>.*)$")


class NoTracing(Exception):
    """Faults cannot be injected on this machine, and why."""


@dataclass(frozen=True)
class Call:
    """One system call as strace wrote it."""

    name: str
    args: str
    result: str
    rest: str


@dataclass(frozen=True)
class Run:
    """How a run ended: killed, or with the code of a refusal, « done » or « bug », and what it answered."""

    killed: bool
    code: str
    value: object
    calls: list[Call]


class Laboratory:
    """Starts programs by their name, and traces them."""

    def __init__(self):
        if not shutil.which("strace"):
            raise NoTracing("strace is not installed (apt install strace)")
        self.zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.spool.lab.zygote"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
        )  # fmt: skip
        self.folder = Path(tempfile.mkdtemp())
        probe = self.run("write", str(self.folder), "probe.log", "probe")
        if not any(call.name == "fsync" for call in probe.calls):
            self.close()
            raise NoTracing("strace may not trace processes here")

    def close(self):
        self.zygote.stdin.close()
        self.zygote.stdout.close()
        self.zygote.wait()
        shutil.rmtree(self.folder)

    def run(self, program, *args, inject=None, trace=True, as_nobody=False):
        """Run it to its end, or to the fault: `inject` is strace's own phrase, such as `fsync:error=EIO:when=2`."""
        self._tell(json.dumps({"program": program, "args": args, "as_nobody": as_nobody}))
        child = int(self.zygote.stdout.readline())
        log = self.folder / "log"
        tracer = _attach(child, log, inject) if trace else None
        self._tell("go")
        end = json.loads(self.zygote.stdout.readline())
        if tracer:
            tracer.wait()
            tracer.stderr.close()
        said = end["said"] or {"code": "killed", "value": None}
        return Run(end["killed"], said["code"], said["value"], _calls(log) if trace else [])

    def points(self, program, *args):
        """Every (call, N) of an undisturbed run."""
        counts = Counter(call.name for call in self.run(program, *args).calls)
        return [(name, number) for name, count in counts.items() for number in range(1, count + 1)]

    def _tell(self, line):
        self.zygote.stdin.write(line + "\n")
        self.zygote.stdin.flush()


def _attach(child, log, inject):
    log.write_text("")
    command = ["strace", "-y", "-s", "0", "-o", str(log), "-e", f"trace={','.join(CALLS)}", "-e", "signal=none"]
    if inject:
        command += ["-e", f"inject={inject}"]
    tracer = subprocess.Popen([*command, "-p", str(child)], stderr=subprocess.PIPE, text=True)
    first = tracer.stderr.readline()
    if "attached" not in first:
        tracer.kill()
        tracer.wait()
    return tracer


def _calls(log):
    return [Call(**match.groupdict()) for line in log.read_text().splitlines() if (match := _LINE.match(line))]
