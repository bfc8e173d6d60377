"""Runs ministack until standard input ends: that is when the local cloud has ended, however it ended."""

import fcntl
import os
import signal
import sys
import threading


def watch() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)  # It saves its state and goes.


if os.environ.get("STATE_DIR"):
    # A predecessor may still be saving what this one is about to read.
    os.makedirs(os.environ["STATE_DIR"], exist_ok=True)
    lock = open(os.path.join(os.environ["STATE_DIR"], ".lock"), "w")
    fcntl.flock(lock, fcntl.LOCK_EX)

signal.signal(signal.SIGINT, signal.SIG_IGN)
threading.Thread(target=watch, daemon=True).start()
sys.argv = ["ministack"]

from ministack.app import main  # noqa: E402

main()
