"""A disk whose plug is pulled after each call of a recorded run, answering as badly as the rules allow.

What was written is durable after fsync of that file; a name given, changed or removed is durable after fsync of its
folder; what is not durable may or may not have reached the disk, folder by folder. A rename within one file system
is one step, as every journal makes it. The recorded run says what was called; nothing is executed here.
"""

import itertools
import re
from dataclasses import dataclass, field
from pathlib import PurePath

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DESCRIPTOR = re.compile(r"^\d+<(.*?)>(?:, |$)")


@dataclass
class Disk:
    """Files by number, names by path; and the changes of names that no fsync has covered yet, oldest first."""

    sizes: list[int] = field(default_factory=list)
    durable_sizes: list[int] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    durable_names: dict[str, int] = field(default_factory=dict)
    pending: list[dict[str, int | None]] = field(default_factory=list)

    def make(self, path, size=0, *, durable=False):
        """A new file under that name."""
        self.sizes.append(size)
        self.durable_sizes.append(size if durable else 0)
        self.names[path] = len(self.sizes) - 1
        if durable:
            self.durable_names[path] = self.names[path]
        else:
            self.pending.append({path: self.names[path]})

    def play(self, call):
        """The effect of one recorded call."""
        if call.result.startswith("-") or call.result == "?":
            return
        paths = [path.encode().decode("unicode_escape") for path in _QUOTED.findall(call.args)]
        held = _DESCRIPTOR.match(call.args)
        match call.name:
            case "openat" if "O_CREAT" in call.args and paths[0] not in self.names:
                self.make(paths[0])
            case "write" if held and held[1] in self.names:
                self.sizes[self.names[held[1]]] += int(call.result)
            case "fsync" | "fdatasync" if held:
                self._sync(held[1])
            case "rename" | "renameat" | "renameat2":
                number = self.names.pop(paths[0])
                self.names[paths[1]] = number
                self.pending.append({paths[0]: None, paths[1]: number})
            case "unlink" | "unlinkat":
                del self.names[paths[0]]
                self.pending.append({paths[0]: None})

    def after_the_cut(self):
        """Each way the disk may be found: name → whether all its bytes are there."""
        folders = sorted({str(PurePath(path).parent) for change in self.pending for path in change})
        for reached in itertools.product([False, True], repeat=len(folders)):
            there = {folder for folder, yes in zip(folders, reached, strict=True) if yes}
            names = dict(self.durable_names)
            for change in self.pending:
                if any(str(PurePath(path).parent) in there for path in change):
                    _apply(change, names)
            yield {path: self.durable_sizes[number] == self.sizes[number] for path, number in names.items()}

    def _sync(self, path):
        if path in self.names:
            self.durable_sizes[self.names[path]] = self.sizes[self.names[path]]
            return
        for change in self.pending:
            if any(str(PurePath(name).parent) == path for name in change):
                _apply(change, self.durable_names)
        self.pending = [one for one in self.pending if not any(str(PurePath(name).parent) == path for name in one)]


def _apply(change, names):
    for path, number in change.items():
        if number is None:
            names.pop(path, None)
        else:
            names[path] = number


def cuts(calls, disk):
    """After each call, and at the end: (the call's number, whether it was the last, one way the disk may be found)."""
    for number, call in enumerate(calls, start=1):
        disk.play(call)
        for found in disk.after_the_cut():
            yield number, number == len(calls), found
