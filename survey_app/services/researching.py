"""The anonymised file for research: read from the sealed box, refused where it cannot be made safe, and always logged."""

import zipfile
from io import BytesIO
from pathlib import Path

from sqlalchemy.orm import Session

from analysis.disclosure.microdata import K, L, Microdata, NotAnonymous, microdata
from analysis.frame import SealedPoll, UnreadableBox, box_frames, codebook, merged, sealed_poll
from analysis.report.data_files import sav
from questionnaires.texts import Text
from survey_app.services import auditing
from survey_app.services.errors import NoSuchPoll, Refusal
from survey_app.services.reporting import released
from survey_app.services.sealing import box_path
from survey_app.store.engines import Stores

MARKS = {
    -9: Text("没有说或已合并", "Not said or put together"),
    -1: Text("没有填", "Blank"),
    -2: Text("没有问", "Not asked"),
}


class NotGiven(Refusal):
    """The poll cannot be given away for research."""


def research_file(stores: Stores, instance: Path, poll_id: str, officer_name: str, language: str) -> bytes:
    """A ZIP of the data for SPSS and a statement of what is promised; the record keeps who took it.

    Raises NoSuchPoll while the poll is not released or its box is gone, NotGiven where it cannot be made anonymous.
    """
    released(stores, poll_id)
    try:
        poll = sealed_poll(box_path(instance, poll_id))
    except UnreadableBox as fault:
        raise NoSuchPoll(poll_id) from fault
    book, names = codebook(poll.questionnaire), [unit.id for unit in poll.units]
    try:
        made = microdata(merged(book, names, box_frames(poll.path, book, names)))
    except NotAnonymous as fault:
        raise NotGiven(
            Text(
                "这项调查做不到匿名：要去掉的答卷超过五分之一，所以不给。",
                "This poll cannot be made anonymous: over a fifth of its ballots would be left out, so it is not given.",
            )
        ) from fault
    file = _zipped(poll, made, language)
    with Session(stores.registry) as session, session.begin():
        auditing.record(session, officer_name, "research_file", poll_id)
    return file


def _zipped(poll: SealedPoll, made: Microdata, language: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{poll.poll_id}.sav", _spss(made, language))
        archive.writestr(
            "statement.txt" if language == "en" else "说明.txt", statement(poll, made).in_language(language)
        )
    return out.getvalue()


def _spss(made: Microdata, language: str) -> bytes:
    """Names as SPSS takes them: dots become underscores."""
    import polars as pl

    names = [variable.name.replace(".", "_") for variable in made.variables]
    columns = {name: made.values[:, place].astype(float) for place, name in enumerate(names)}
    labels = {name: each.label.in_language(language) for name, each in zip(names, made.variables, strict=True)}
    values = {
        name: {
            **{float(code): words.in_language(language) for code, words in MARKS.items()},
            **{float(code): words.in_language(language) for code, words in each.values},
        }
        for name, each in zip(names, made.variables, strict=True)
    }
    return sav(pl.DataFrame(columns), labels, values)


def statement(poll: SealedPoll, made: Microdata) -> Text:
    """What is promised of the file, with the numbers found."""
    rows = len(made.values)
    return Text(
        f"{poll.title.zh}，研究用匿名数据\n\n"
        f"共 {rows} 行，一行一份答卷；{made.n_ballots} 份里随机抽取 {made.n_drawn} 份，其中 {made.n_left_out} 份因为会显眼而没有收入，"
        f"{made.n_generalised} 份的特征作了合并。\n"
        f"同样特征（岗位、年龄）的至少 {made.k} 行（要求 {K} 行，k-匿名）；"
        f"同样特征的行里，每道题至少有 {made.l} 种不同回答（要求 {L} 种，l-多样性）。\n"
        "没有单位名和单位类型、文字、健康和收入的题、先办与最后的题；行的顺序没有含义。\n"
        "不得与其他名单拼接，不得试图认出任何人；只用于研究。\n"
        f"封箱文件校验码：{poll.sha256}\n",
        f"{poll.title.in_language('en')}: anonymised data for research\n\n"
        f"{rows} rows, one a ballot; of {made.n_ballots} ballots {made.n_drawn} were drawn by chance, of which {made.n_left_out} are left out because they would stand out, "
        f"and in {made.n_generalised} the characteristics were put together.\n"
        f"At least {made.k} rows share each set of characteristics (staff category, age); {K} are wanted "
        f"(k-anonymity). Among them every question has at least {made.l} different answers; {L} are wanted (l-diversity).\n"
        "There are no names or kinds of units, no words, no questions on health and money, no first-and-last choices; the order of "
        "rows means nothing.\n"
        "Do not join it with other lists and do not try to recognise anybody; for research only.\n"
        f"Fingerprint of the sealed box: {poll.sha256}\n",
    )
