"""`python -m tui` is `tiangong`."""

import sys

from tui.cli.main import main

sys.exit(main())
