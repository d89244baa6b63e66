"""`python -m tiangong_tui` is `tiangong`."""

import sys

from . import main

sys.exit(main())
