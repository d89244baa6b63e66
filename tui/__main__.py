"""`python -m tui` is `tiangong`."""

import sys

from tui.cli import main

sys.exit(main())
