"""What the command line says as JSON: plans, findings and clashes, without any ID number."""

from typing import Any

from xqhz_desktop.base.errors import Problem
from xqhz_desktop.policy.results import Finding
from xqhz_desktop.services.numbers import Numbers
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.remedies import NONE, Decision, of
from xqhz_desktop.services.sources import Address, addresses
from xqhz_desktop.services.workbooks.plan import Plan, SheetPlan

Json = dict[str, Any]


def plan_as_json(plan: Plan) -> Json:
    """A plan: every sheet with its counts, problems and warnings by address."""
    return {
        "sheets": [_sheet(sheet) for sheet in plan.sheets],
        "unreadable": [{"file": file, "message": said} for file, said in plan.unreadable],
        "passed_over": plan.passed_over,
        "conflicts": [
            {"register": c.register, "field": c.field, "kept": c.kept_at, "other": c.other_at}
            for c in plan.conflicts
        ],
        "absent": len(plan.absent),
        "closed": len(plan.closes),
    }


def _sheet(sheet: SheetPlan) -> Json:
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "register": sheet.register,
        "rows": sheet.rows,
        "valid": sheet.valid,
        "new": sheet.new,
        "changed": sheet.changed,
        "near": sheet.near,
        "same": sheet.same,
        "problems": [_problem(problem) for problem in sheet.problems],
        "warnings": [_problem(problem) for problem in sheet.warnings],
        "ignored": sheet.ignored,
    }


def _problem(problem: Problem) -> Json:
    return {
        "row": problem.row,
        "cell": problem.cell,
        "reason": problem.reason,
        "message": problem.message,
    }


def check_as_json(office: Office, numbers: Numbers) -> Json:
    """Findings, red first, and double bookings, each with the row that it came from."""
    places = _places(office, numbers)
    return {
        "findings": [
            _finding(finding, places, of(finding, numbers.decisions))
            for finding in numbers.findings
        ],
        "double_bookings": {
            year: [[places["bookings"].get(number) for number in pair] for pair in pairs]
            for year, pairs in numbers.double_bookings.items()
        },
    }


def _places(office: Office, numbers: Numbers) -> dict[str, dict[int, Address]]:
    wanted: dict[str, set[int]] = {"bookings": set()}
    for finding in numbers.findings:
        wanted.setdefault(_register(finding), set()).add(finding.record)
    for pairs in numbers.double_bookings.values():
        wanted["bookings"].update(number for pair in pairs for number in pair)
    return {
        register: addresses(office, register, ids)
        for register, ids in wanted.items()
        if register != "courses"
    }


def _register(finding: Finding) -> str:
    return "quarantine" if finding.quarantined else finding.register


def _finding(finding: Finding, places: dict[str, dict[int, Address]], decided: Decision) -> Json:
    said: Json = {
        "rule": finding.rule,
        "severity": finding.severity,
        finding.period_kind: finding.period if "-" in finding.period else int(finding.period),
        "article": finding.article,
        "status": finding.status,
        "message": finding.message,
    }
    if finding.major:
        said["major"] = finding.major
    elif source := places.get(_register(finding), {}).get(finding.record):
        said["source"] = source
    if finding.quarantined:
        said["quarantined"] = True
    if decided != NONE:
        said |= {"state": str(decided.state), "reason": decided.reason, "measure": decided.measure}
    return said
