"""The command `polyvalence`, also `python -m optimizer`: Ctrl-C while it loads ends it without a word."""

import os
import signal
from types import FrameType

STOPPED = 130


def main() -> None:
    """Load the command line, then run it; nothing is imported before Ctrl-C is heard."""
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heard:
        signal.signal(signal.SIGINT, _leave)
    try:
        from api.commands import register  # the one place that knows both: it joins their commands
        from optimizer.cli import app
        from optimizer.cli import main as command

        register(app)

        if is_heard:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        command()
    except KeyboardInterrupt:
        os._exit(STOPPED)
    finally:
        if is_heard:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    os._exit(STOPPED)


if __name__ == "__main__":
    main()
