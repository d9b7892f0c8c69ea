"""Handing a file to a print service: accepted, refused in its own words, absent, silent (B15)."""

import pytest

from comptoir.spool import printer


@pytest.fixture
def service(tmp_path, monkeypatch):
    """A folder of commands where `lp` is what the test says."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    def install(script):
        (tmp_path / "lp").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "lp").chmod(0o755)

    return install


def test_the_job_is_named_and_the_default_printer_is_left_to_the_service(service, tmp_path):
    service('echo "$@"')
    assert printer.send(tmp_path / "r.pdf") == f"-t r.pdf -- {tmp_path}/r.pdf"
    assert printer.send(tmp_path / "-d.pdf", "bureau", title="INT-1") == f"-d bureau -t INT-1 -- {tmp_path}/-d.pdf"


def test_a_refusal_comes_in_the_service_s_words(service, tmp_path):
    service("echo lp: no such printer >&2; exit 1")
    with pytest.raises(printer.CannotPrint, match="refusé\u00a0: lp: no such printer"):
        printer.send(tmp_path / "r.pdf")
    service("exit 1")
    with pytest.raises(printer.CannotPrint, match=r"\?"):
        printer.send(tmp_path / "r.pdf")


def test_a_silent_service_is_not_waited_for(service, tmp_path, monkeypatch):
    service("sleep 5")
    monkeypatch.setattr(printer, "SECONDS", 0.2)
    with pytest.raises(printer.CannotPrint, match="ne répond pas"):
        printer.send(tmp_path / "r.pdf")


def test_a_server_without_a_service_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(printer.CannotPrint, match="Aucun service"):
        printer.send(tmp_path / "r.pdf")
