"""The contenders of the département table, by name: the product, then its peers."""

from benchmarks.peers import product
from benchmarks.peers.answer import Answer, Contender

CONTENDERS: dict[str, Contender] = {"product": product.plan}

__all__ = ["CONTENDERS", "Answer", "Contender"]
