"""Where the set-up finds and puts things, seen from the repository's root."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"

SITE_ENVIRONMENT = ROOT / ".venv"
"""Python environment of the project: site, tests, benchmarks."""

CORE_ENVIRONMENT = ROOT / ".venv-core"
"""Python environment without the host, in which the core's tests run."""

NODE_MODULES = ROOT / "node_modules"
SITE = ROOT / "site"
