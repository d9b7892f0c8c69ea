"""Tests reach this machine and no other."""

import socket

import pytest

ELSEWHERE = ["192.0.2.1", "198.51.100.7", "2001:db8::1"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_another_machine_is_out_of_reach(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as ours, pytest.raises(RuntimeError, match="is not this machine"):
        ours.connect((address, 80))


def test_the_name_of_another_machine_is_not_looked_up():
    with pytest.raises(RuntimeError, match="is not this machine"):
        socket.create_connection(("example.org", 80), timeout=1)


def test_this_machine_is_in_reach():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as ours:
        assert ours.getpeername() == server.getsockname()
