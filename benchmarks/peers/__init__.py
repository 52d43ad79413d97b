"""The contenders of the département table, by name: the product, then its peers."""

from benchmarks.peers import highs, intervals, product
from benchmarks.peers.answer import Answer, Contender

CONTENDERS: dict[str, Contender] = {
    "product": product.plan,
    "highs": highs.plan,
    "intervals": intervals.plan,
}

__all__ = ["CONTENDERS", "Answer", "Contender"]
