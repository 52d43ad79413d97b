"""Who attends a meeting: `SECTEUR`, `SECTEUR:4` (four of them) or ids, `AS01|AS02`."""

from dataclasses import dataclass

from optimizer.files.draft import Draft, Raw
from optimizer.files.sheets import nearest, quoted
from optimizer.files.table_rows import ReadRow


@dataclass(frozen=True)
class Known:
    """The ids that a list of participants may hold."""

    services: frozenset[str]
    professionals: frozenset[str]

    @classmethod
    def of(cls, draft: Draft) -> "Known":
        """The services and professionals of a draft."""
        tables = ("services", "professionals")
        return cls(
            *(frozenset(str(raw.get("id")) for raw in draft.tables.get(table, [])) for table in tables)
        )


def attendees_of(draft: Draft, row: ReadRow, known: Known) -> Raw:
    """The participants of a row, which stops holding them under their French name."""
    row.values.pop("attendees", None)
    cell = row.cells.get("attendees", "")
    fields = ("service_id", "professional_ids", "seats")
    if "attendees" in row.failed:
        row.failed |= set(fields)
        return {}
    row.columns |= dict.fromkeys(fields, row.columns["attendees"])
    row.cells |= dict.fromkeys(fields, cell)
    names, seats = _seats(cell, known)
    if len(names) == 1 and names[0] in known.services:
        return {"service_id": names[0], **seats}
    every = known.services | known.professionals
    for name in names:
        if name not in known.professionals:
            expected = f"un service, SERVICE:n, ou des professionnels séparés par « | »{nearest(name, every)}"
            draft.refuse(row, "attendees", quoted(name), expected, fields)
    return {"professional_ids": names, **seats}


def _seats(cell: str, known: Known) -> tuple[tuple[str, ...], Raw]:
    """The names of a cell, and the seats after its last colon (an id may hold a colon too)."""
    names = tuple(name.strip() for name in cell.split("|") if name.strip())
    head, colon, count = names[-1].rpartition(":") if names else ("", "", "")
    if (
        colon
        and count.strip().isdecimal()
        and len(count) < 6
        and names[-1] not in known.services | known.professionals
    ):
        return (*names[:-1], head.strip()), {"seats": int(count)}
    return names, {}
