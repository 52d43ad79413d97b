"""What a runner and the process of a job say to each other, one line of JSON each."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from api.jobs.requests import JobRequest
from api.problems import Trouble
from optimizer.frozen import Frozen
from optimizer.plan import Level, Status

Json = dict[str, object]


class Line(Frozen):
    """What fits in a line, however long."""

    model_config = ConfigDict(str_max_length=None)


class Task(Line):
    """What a job works on: the request, its weeks and the published plan as JSON texts."""

    request: JobRequest
    weeks: tuple[str, ...]
    plan: str | None = None


class Levels(Line):
    """Value and bound of each level of the best plan so far."""

    say: Literal["levels"] = "levels"
    levels: tuple[Level, ...]


class Advanced(Line):
    """How many parts are planned, of how many."""

    say: Literal["advance"] = "advance"
    done: int
    total: int


class Logged(Line):
    """Something that went otherwise than it should, in a sentence."""

    say: Literal["log"] = "log"
    sentence: str


class Answered(Line):
    """The answer: a plan with its levels, another document, or the reasons of a no.

    `week` is the week that the plan is for, where the job made it; `plan` and `week` are JSON texts.
    """

    say: Literal["answer"] = "answer"
    status: Status | None = None
    levels: tuple[Level, ...] = ()
    reasons: tuple[str, ...] = ()
    plan: str | None = None
    week: str | None = None
    answer: Json | None = None


class Troubled(Line):
    """No answer; `is_final` where another attempt would end in the same way."""

    say: Literal["trouble"] = "trouble"
    trouble: Trouble
    is_final: bool


Message = Annotated[Levels | Advanced | Logged | Answered | Troubled, Field(discriminator="say")]
AnyMessage: TypeAdapter[Message] = TypeAdapter(Message)
