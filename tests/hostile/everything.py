"""The whole corpus: importing this has made every family register its files."""

from tests.hostile import disguised, large, spiteful, written
from tests.hostile.corpus import FILES, Hostile

FAMILIES = (disguised, large, spiteful, written)

__all__ = ["FAMILIES", "FILES", "Hostile", "large"]
