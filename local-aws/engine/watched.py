"""Runs the engine and ends with its parent: standard input is a pipe from the front, and its end means that the front is gone, however it died."""

import os
import shutil
import sys
import threading


def end_with_parent() -> None:
    while os.read(0, 4096):
        pass
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
sys.argv = ["ministack"]

from ministack.app import main  # noqa: E402  (the watch must stand before the seconds that this import takes)

main()
