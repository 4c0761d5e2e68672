"""How the answers behind a report were protected, in plain words."""

from analysis.report.content import Paragraph, Points, Section
from analysis.report.documents import WaveDocuments
from analysis.report.language import speech


def protection(documents: WaveDocuments, language: str) -> Section:
    """Three short points: anonymous, small groups, who saw what."""
    _ = speech(language)
    main = documents.main or documents.polls[0]
    points = (
        Paragraph(_("答卷里没有姓名、工号、时间和地址；发出以后谁也找不出哪一份是谁的。"), _("匿名：")),
        Paragraph(
            _(
                "少于 %(n)s 人回答的数字不公布，能从别的数字反推的也不公布；意见少于 %(text)s 条的不公布。",
                n=main.rules.minimum_base,
                text=main.rules.text_base,
            ),
            _("人少的："),
        ),
        Paragraph(_("校工会和分工会看到的都是公布的这些数字，没有人看过单份答卷。"), _("谁看过：")),
    )
    return Section(_("答题人怎样受到保护"), (Points(points),))
