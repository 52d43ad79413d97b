"""What the command line does with an engine's news: shows how far it is, keeps where to go on from, and what
was lost."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from optimizer.child import Engine, departement
from optimizer.engines.options import Options
from optimizer.errors import Problem, UnusableInput
from optimizer.files.atomic import writable
from optimizer.files.checkpoint import read_checkpoint, write_checkpoint
from optimizer.hashes import hash_of_week
from optimizer.news import Advance, Checkpoint, Setback, Told
from optimizer.telling import Shown
from optimizer.week import Week


@dataclass
class Follower:
    """Hears the news of one run; `setbacks` are sentences for the user."""

    checkpoint: Path | None
    shown: Shown | None = None
    setbacks: list[str] = field(default_factory=list)
    week_hash: str = ""

    def options(self, options: Options, week: Week, engine: Engine) -> Options:
        """The same options, going on from the checkpoint if there is one.

        Raises
        ------
        UnusableInput
            The checkpoint cannot be read or written, or the engine keeps none.
        """
        if self.checkpoint is None:
            return options
        if engine is not departement:
            expected = "une semaine de plusieurs équipes, ou --engine departement"
            raise UnusableInput([Problem("--checkpoint", "le moteur d'une équipe n'en tient pas", expected)])
        writable(self.checkpoint)
        self.week_hash = hash_of_week(week)
        return replace(options, resume=read_checkpoint(self.checkpoint, self.week_hash), is_saving=True)

    def __call__(self, news: Told) -> None:
        """Hear one piece of news; a checkpoint that cannot be written stops nothing."""
        match news:
            case Advance():
                if self.shown is not None:
                    self.shown.advance(news)
            case Setback(sentence=sentence):
                self.setbacks.append(sentence)
            case Checkpoint():
                self._keep(news)

    def _keep(self, checkpoint: Checkpoint) -> None:
        if self.checkpoint is None:
            return
        try:
            write_checkpoint(checkpoint, self.week_hash, self.checkpoint)
        except UnusableInput as error:
            self.setbacks.append(f"point de reprise non écrit ({error.problems[0].found})")
            self.checkpoint = None
