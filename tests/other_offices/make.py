"""Make an office of another look: `python -m tests.other_offices.make --look NAME --out DIR`.

Writes the workbooks and truth.json; the same arguments give the same office.
"""

import argparse
import importlib
import json
import pkgutil
import random
from pathlib import Path

from tests.other_offices import looks
from tests.other_offices.files import write
from tests.other_offices.flaws import damage
from tests.other_offices.grid import Grid, Layout
from tests.other_offices.look import Book, Look
from tests.other_offices.truth import Truth
from tests.other_offices.world import World


def names() -> list[str]:
    """Every look there is."""
    return sorted(found.name for found in pkgutil.iter_modules(looks.__path__))


def look_of(name: str) -> Look:
    """The look of that name."""
    look: Look = importlib.import_module(f"{looks.__name__}.{name}").LOOK
    return look


def make(name: str, seed: int, out: Path) -> World:
    """Write an office into a folder and give back the world that it shows."""
    look, rng = look_of(name), random.Random(f"{name} {seed}")
    world = World(seed)
    damage(world)
    for book in look.books(world, rng):
        write(out / book.file, book.written, lay(look, rng, book), book.since_1904)
    truth = Truth(world).json()
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    (out / "truth.json").write_text(text, encoding="utf-8")
    return world


def lay(look: Look, rng: random.Random, book: Book) -> dict[str, Grid]:
    """The sheets of one file, those without records among them."""
    is_csv = " " in book.written
    file = Path(book.file).name
    grids = {
        sheet: Layout(look, rng, table, file, "" if is_csv else sheet).lay()
        for sheet, table in book.tables.items()
    }
    for sheet, lines in (book.other or {}).items():
        grids[sheet] = Grid()
        grids[sheet].block(1, 1, lines)
    return grids


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--look", required=True, choices=names())
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--out", type=Path, required=True)
    args = ask.parse_args()
    make(args.look, args.seed, args.out)


if __name__ == "__main__":
    main()
