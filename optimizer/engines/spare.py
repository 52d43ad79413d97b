"""What a half-day can lose at its end and still hold its content: pieces between dated things."""

from collections.abc import Iterable, Sequence

from optimizer.intervals import Interval, minus


def spare_at_the_end(free: Sequence[Interval], dated: Iterable[Interval], pieces: Iterable[int]) -> int:
    """Minutes that some free time can lose at its end, where pieces of some minutes stand between dated
    things."""
    gaps = minus(tuple(free), tuple(dated))
    if not gaps or not free or gaps[-1][1] != free[-1][1]:
        return 0
    lengths = [end - start for start, end in gaps]
    whole = list(pieces)
    return max(0, lengths[-1] - (sum(whole) - _most_held(whole, lengths[:-1])))


def _most_held(pieces: Sequence[int], gaps: Sequence[int]) -> int:
    """The most minutes of some pieces that some gaps hold."""
    states = {tuple(gaps)}
    for piece in pieces:
        states |= {
            (*state[:n], left - piece, *state[n + 1 :])
            for state in states
            for n, left in enumerate(state)
            if left >= piece
        }
    return sum(gaps) - min(sum(state) for state in states)
