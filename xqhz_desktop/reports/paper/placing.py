"""Charts laid over their pages as vectors, and the file's properties set."""

from io import BytesIO

from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf, Rectangle

from xqhz_desktop.reports.blocks import Report
from xqhz_desktop.reports.paper.pieces import Place


def assembled(report: Report, pages: bytes, charts: bytes, places: dict[int, Place]) -> bytes:
    """The finished file, compressed; chart n of `charts` goes to `places[n]`."""
    with Pdf.open(BytesIO(pages)) as pdf:
        if places:
            _lay_over(pdf, charts, places)
        _describe(pdf, report)
        target = BytesIO()
        pdf.save(
            target,
            compress_streams=True,
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return target.getvalue()


def _lay_over(pdf: Pdf, charts: bytes, places: dict[int, Place]) -> None:
    with Pdf.open(BytesIO(charts)) as drawings:
        for number, place in places.items():
            right, top = place.left + place.width, place.bottom + place.height
            box = Rectangle(place.left, place.bottom, right, top)
            pdf.pages[place.page - 1].add_overlay(drawings.pages[number], box)


def _describe(pdf: Pdf, report: Report) -> None:
    day = report.printed_on.strftime("D:%Y%m%d000000+08'00'")
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=f"{report.school}{report.period}{report.title}",
            Author=report.school,
            CreationDate=day,
            ModDate=day,
        )
    )
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseOutlines
