"""The contenders of the département table, by name: the product, then its peers."""

from benchmarks.peers import highs, intervals, product
from benchmarks.peers.answer import Answer, Contender
from benchmarks.peers.timefold import contender as timefold

CONTENDERS: dict[str, Contender] = {
    "product": product.plan,
    "highs": highs.plan,
    "intervals": intervals.plan,
    "timefold": timefold.plan,
}

__all__ = ["CONTENDERS", "Answer", "Contender"]
