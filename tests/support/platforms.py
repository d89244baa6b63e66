"""Features that some systems lack: a test that needs one is skipped there with the reason."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

HAS_PROC = Path("/proc/self/stat").exists()

needs_named_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
needs_devices = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
needs_endless_device = pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not deliver POSIX signals")
