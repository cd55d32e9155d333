"""The report of scripts/test: everything passed on, the closing line kept for the end."""

import os
import sys

import pytest

from scripts.setup.test_report import ClosingLine, run_reporting

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
