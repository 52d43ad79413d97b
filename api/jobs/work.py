"""The process of one job: `python -m api.jobs.work`, started by a runner and by nobody else.

The task comes in one line of the standard input, a second line is the wish to stop, and its end means that
the runner is gone: the process then leaves at once, and the solver under it too, for the same reason. What it
says goes out in lines; nothing that a solver prints reaches them.
"""

import os
import sys
import threading
from typing import BinaryIO

from api.jobs.doors import Heard, answer
from api.jobs.messages import Advanced, Answered, Levels, Logged, Message, Task, Troubled
from api.problems import Code, Trouble, trouble_of
from api.saying import over_http
from optimizer.errors import ContradictoryWeek, NoPlanYet, NoTeam, PolyvalenceError, SolverLost
from optimizer.news import Advance, Setback, Told
from optimizer.plan import Level, Status

ORPHANED = 1


def main() -> None:
    """Do the task, and say how it ends."""
    talk = Talk(_own_output())
    task = Task.model_validate_json(sys.stdin.buffer.readline())
    stopped = threading.Event()
    threading.Thread(target=_listen, args=(stopped,), daemon=True).start()
    talk.say(_outcome(task, Heard(stopped.is_set, talk.progress, talk.news)))
    os._exit(0)  # everything is said; the thread that listens would hold up the interpreter's end


def _own_output() -> BinaryIO:
    """The pipe to the runner, under a number that no child inherits; the usual ones go nowhere."""
    own = os.dup(1)
    sink = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(sink, stream)
    return os.fdopen(own, "wb")


def _listen(stopped: threading.Event) -> None:
    while sys.stdin.buffer.readline():
        stopped.set()
    os._exit(ORPHANED)


class Talk:
    """What is said to the runner, a line at a time."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self._levels: dict[str, Level] = {}

    def say(self, message: Message) -> None:
        """One line."""
        self._output.write(message.model_dump_json().encode() + b"\n")
        self._output.flush()

    def progress(self, name: str, value: float, bound: float) -> None:
        """A level of a better plan."""
        self._levels[name] = Level.of(name, value, bound)
        self.say(Levels(levels=tuple(self._levels.values())))

    def news(self, news: Told) -> None:
        """How far the engine is, or what went wrong on its way."""
        match news:
            case Advance():
                self.say(Advanced(done=news.done, total=news.total))
            case Setback():
                self.say(Logged(sentence=over_http(news.sentence)))


def _outcome(task: Task, heard: Heard) -> Message:
    """The answer, a no among them; or why there is none."""
    try:
        return answer(task, heard)
    except (ContradictoryWeek, NoTeam) as error:
        return Answered(status=Status.INFEASIBLE, reasons=tuple(map(over_http, error.facts)))
    except NoPlanYet as error:
        return Answered(status=Status.UNKNOWN, reasons=(over_http(str(error)),))
    except PolyvalenceError as error:
        return Troubled(trouble=trouble_of(error), is_final=not isinstance(error, SolverLost))
    except MemoryError:
        return Troubled(trouble=Trouble(code=Code.SOLVER_LOST, french="mémoire insuffisante"), is_final=False)
    except Exception as error:
        return Troubled(trouble=Trouble(code=Code.INTERNAL, french=type(error).__name__), is_final=True)


if __name__ == "__main__":
    main()
