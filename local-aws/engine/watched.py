"""Runs the engine and ends with its parent: standard input is a pipe from the front, and its end means that the front is gone, however it died.

What the front was working with goes too: the engine's own folder, and every folder beside it that bears the front's process id
(`local-aws-<service>-<pid>-…`), because a front that was killed could not clear up itself.
"""

import glob
import os
import shutil
import sys
import threading
import time

own = os.environ["TMPDIR"]
fronts = os.path.join(os.path.dirname(own), f"local-aws-*-{os.getppid()}-*")


def end_with_parent() -> None:
    while os.read(0, 4096):
        pass
    # The front's other children end at the same moment and may still write.
    for _ in range(20):
        left = [own, *glob.glob(fronts)]
        for folder in left:
            shutil.rmtree(folder, ignore_errors=True)
        if not any(map(os.path.exists, left)):
            break
        time.sleep(0.05)
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
sys.argv = ["ministack"]

from ministack import app as engine  # noqa: E402  (the watch must stand before the seconds that this import takes)

from copies import with_copies  # noqa: E402

engine.app = with_copies(engine.app)
engine.main()
