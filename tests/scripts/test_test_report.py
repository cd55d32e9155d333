"""The report of scripts/test: everything passed on, the closing line kept for the end."""

import os
import sys

import pytest

from scripts.setup.test_report import ClosingLine, run_reporting, running_aside

REPORT = "print('...F [100%]'); print(); print('1 failed, 3 passed'); print(); raise SystemExit(1)"


def test_closing_line_comes_last(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    closing = ClosingLine()
    passed = run_reporting([sys.executable, "-c", REPORT], os.environ, closing)
    assert not passed
    assert capfdbinary.readouterr().out == b"...F [100%]\n\n"
    closing.print()
    assert capfdbinary.readouterr().out == b"1 failed, 3 passed\n\n"


def test_without_closing_line_all_is_passed_on(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run_reporting([sys.executable, "-c", "print('好')"], os.environ, None)
    assert capfdbinary.readouterr().out == "好\n".encode()


def test_a_report_made_aside_is_passed_on_at_the_end(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    with running_aside([sys.executable, "-c", REPORT], os.environ) as finish:
        assert run_reporting([sys.executable, "-c", "print('好')"], os.environ, None)
        assert capfdbinary.readouterr().out == "好\n".encode()
        assert not finish()
        assert capfdbinary.readouterr().out == b"...F [100%]\n\n1 failed, 3 passed\n\n"


def test_what_runs_aside_stops_when_the_others_are_stopped() -> None:
    long = [sys.executable, "-c", "import time; time.sleep(600)"]
    with pytest.raises(KeyboardInterrupt), running_aside(long, os.environ):
        raise KeyboardInterrupt
