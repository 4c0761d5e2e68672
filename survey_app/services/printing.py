"""Paper for a poll: slips to cut and draw, posters to hang. Chinese, A4, text that can be selected.

The codes of slips pass through here once and are kept nowhere: the PDF is their only copy.
"""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import segno

from analysis.report.fonts import MissingFont, chinese_fonts
from survey_app.ballots import crockford
from survey_app.services.designing import FrozenPoll, ReportingUnit
from survey_app.services.personal_codes import PrintedCode
from survey_app.services.terms import Term

__all__ = [
    "MissingFont",
    "check_font",
    "collecting_poster_pdf",
    "personal_codes_pdf",
    "poll_address",
    "poster_pdf",
    "slips_pdf",
]

SHAPES = Path(__file__).parent / "print_shapes"
SLIPS_A_PAGE = 10


def slips_pdf(poll: FrozenPoll, public_address: str, codes: Mapping[str, Sequence[str]]) -> bytes:
    """Slips of one or several units, ten a page, each unit on its own pages. `codes`: unit id -> codes just drawn."""
    page = poll_address(public_address, poll.poll_id)
    units = [
        {"name": unit.name.zh, "codes": [{"text": code, "qr": _qr(f"{page}#s={code}")} for code in codes[unit.id]]}
        for unit in poll.units
        if codes.get(unit.id)
    ]
    return _compiled("slips", {**_common(poll, public_address), "units": units})


def poster_pdf(poll: FrozenPoll, public_address: str, units: Sequence[ReportingUnit]) -> bytes:
    """Posters: one for everybody; in the open way one for each unit, named in its QR code's fragment. By ticket the fragment
    carries the fingerprint, which the page compares by itself."""
    page = poll_address(public_address, poll.poll_id)
    if poll.way == "open":
        sheets = [{"unit": unit.name.zh, "qr": _qr(f"{page}#u={quote(unit.id)}")} for unit in units]
        how_title, how = "扫码作答", ["用微信或相机扫码。", "不登录，不留姓名。"]
    elif poll.way == "ticket":
        at_once = poll.slot is not None and poll.slot.mode == "combined"
        sheets = [{"unit": "", "qr": _qr(f"{page}#fp={poll.shown_fingerprint}")}]
        how_title = "用全年答题资格作答"
        how = [
            "用领取资格的浏览器扫码，不用登录。",
            f"还没有领：打开 {urlsplit(page).netloc}/account/ 领取，{'领好就能答' if at_once else '第二天再答'}。",
            "没有领的也可以到分工会自己抽一张匿名答题码。",
        ]
    else:
        sheets = [{"unit": "", "qr": _qr(page)}]
        how_title = "凭匿名答题码作答"
        how = ["到分工会从纸箱里自己抽一张答题码，", "扫码或输入码作答。", "谁抽到哪张，没有人记录。"]
    notice = [
        ["谁在问", poll.notice.organiser.zh],
        ["为什么问", poll.notice.purpose.zh],
        ["结果何时公布", f"{_day(poll.notice.results_by)}前"],
        ["答卷保存到", _day(poll.notice.kept_until)],
        ["联系", poll.notice.contact.zh],
    ]
    data = {"organiser": poll.notice.organiser.zh, "fingerprint": poll.shown_fingerprint, "notice": notice}
    return _compiled(
        "poster", {**_common(poll, public_address), **data, "how_title": how_title, "how": how, "sheets": sheets}
    )


def collecting_poster_pdf(term: Term, public_address: str, organiser: str) -> bytes:
    """The poster of a term: where to collect, and the fingerprint of all its slots, in print and in the QR code's fragment,
    which the page keeps through signing in and compares by itself."""
    page = f"{public_address.rstrip('/')}/account/"
    first, last = term.collect_first_day, term.collect_last_day
    data = {
        "organiser": organiser,
        "title": term.title.zh,
        "days": f"{_day(first)}至{_day(last)}"
        if first.year != last.year
        else f"{_month_day(first)}至{_month_day(last)}",
        "how": ["登录一次，点“领取”。", "以后每次调查扫码就答，不用登录。", "领好后抄下备用找回码，收好。"],
        "address": f"{urlsplit(page).netloc}/account/",
        "qr": _qr(f"{page}#fp={term.fingerprint}"),
        "fingerprint": crockford.grouped(term.fingerprint),
    }
    return _compiled("collecting_poster", data)


def personal_codes_pdf(
    public_address: str, codes: Mapping[str, Sequence[PrintedCode]], fingerprint: str | None = None
) -> bytes:
    """Members' sign-in codes, ten a page, each branch on its own pages. `codes`: by the branch's name, just drawn;
    `fingerprint`: of the open term, for the page to compare."""
    along = f"&fp={fingerprint}" if fingerprint else ""
    page = f"{public_address.rstrip('/')}/account/sign-in"
    branches = [
        {
            "name": branch,
            "codes": [
                {
                    "name": one.name,
                    "number": one.staff_number,
                    "code": one.code,
                    "qr": _qr(f"{page}#c={one.code}{along}"),
                }
                for one in some
            ],
        }
        for branch, some in codes.items()
    ]
    shown = {"title": "登录码", "address": f"{urlsplit(page).netloc}/account/", "branches": branches}
    return _compiled("personal_codes", shown)


def check_font() -> None:
    """Raises MissingFont. To be asked before codes are drawn that only the PDF will hold."""
    chinese_fonts()


def poll_address(public_address: str, poll_id: str) -> str:
    """The address staff open: the same for everybody, what differs rides in the fragment."""
    return f"{public_address.rstrip('/')}/b/{quote(poll_id)}"


def _common(poll: FrozenPoll, public_address: str) -> dict[str, Any]:
    address = urlsplit(poll_address(public_address, poll.poll_id))
    minutes = poll.questionnaire.minutes
    return {
        "title": poll.title.zh,
        "address": f"{address.netloc}{address.path}",
        "minutes": f"{minutes:g}",
        "last_day": _month_day(poll.last_day),
    }


def _day(value: date) -> str:
    return f"{value.year}年{_month_day(value)}"


def _month_day(value: date) -> str:
    return f"{value.month}月{value.day}日"


def _qr(address: str) -> str:
    # Any mask is valid; trying all eight, as segno would, takes 4 ms a slip and 15 s for a university.
    written = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=2).save(
        written, kind="svg", xmldecl=False, svgclass=None, lineclass=None, border=2, omitsize=True
    )
    return written.getvalue().decode("ascii")


def _compiled(shape: str, data: Mapping[str, Any]) -> bytes:
    import typst

    pdf = typst.compile(
        (SHAPES / f"{shape}.typ").read_bytes(),
        font_paths=chinese_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_tags=shape.endswith(
            "poster"
        ),  # thousands of slips to cut need no reading order, and are a third of the size
    )
    assert isinstance(pdf, bytes)
    return pdf
