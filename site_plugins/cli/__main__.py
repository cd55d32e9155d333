"""``python -m site_plugins.cli`` is ``jianyan``."""

import sys

from site_plugins.cli import main

sys.exit(main())
