"""A double of RDV-Solidarités that commands are told of by the environment."""

from collections.abc import Iterator

import pytest

from tests.api.rdv.double import TOKEN, Double, a_motif, an_agent, doubled


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    """An instance with agents 11, 12 and 13 and motif 157."""
    with doubled() as one:
        monkeypatch.setenv("POLYVALENCE_RDV_URL", one.url)
        monkeypatch.setenv("POLYVALENCE_RDV_TOKEN", TOKEN)
        one.agents += [an_agent(id_) for id_ in (11, 12, 13)]
        one.motifs.append(a_motif())
        yield one
