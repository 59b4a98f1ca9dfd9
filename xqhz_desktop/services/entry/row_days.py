"""Two days of one row that must follow one another, beside start and end."""

from xqhz_desktop.services.entry.entering import Entry

# By register: the day that comes first, the one that must not be before it.
_ORDER: dict[str, tuple[tuple[str, str], ...]] = {
    "placements": (("insured_from", "insured_until"),),
    "apprentices": (("training_start", "training_end"),),
    "batch_firms": (("published", "published_until"),),
    "alternations": (("first", "last"),),
    "incidents": (("day", "closed"),),
    "apprentice_events": (("day", "until"),),
}


def check_days(entry: Entry) -> None:
    """Refuse what was typed of two days that contradict each other."""
    for first, last in _ORDER.get(entry.register.name, ()):
        labels = [entry.fields[name].label for name in (last, first)]
        for line in entry.lines:
            row = line.after()
            before, after = row.get(first), row.get(last)
            if line.gone or before is None or after is None or after >= before:
                continue
            for name in (last, first):
                if name in line.values:
                    entry.wrong(line, name, f"“{labels[0]}”早于“{labels[1]}”，请核对。")
