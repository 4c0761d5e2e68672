"""Needs, the match with services, words and themes as a release tells them: only what its own cells allow, in whole figures."""

from dataclasses import replace
from functools import partial

from analysis.disclosure.released import EVERYBODY, Released
from analysis.disclosure.released_breakdowns import MatchFigure, NeedFigure, Reading, ThemeFigure, WordFigure
from analysis.disclosure.released_rows import may_show
from analysis.disclosure.rounding import reading, rounded, whole
from analysis.disclosure.wave_match import match_figures
from analysis.needs.prevalence import Need, needs_of
from analysis.needs.services import services_of
from analysis.needs.worths import worths_of
from analysis.polls import PollInHand
from analysis.text.themes import Theme
from analysis.text.wave import PollWords, poll_words
from analysis.text.words import KeyWordList, WordList


def with_needs_and_words(poll: PollInHand) -> Released:
    """The release of a poll with its needs, words and themes.

    A need's figure in a row is told only where the release tells the same column of the same row exactly; words come from
    rows whose number of comments is told and from ten people on; worths of the best-worst screens for everybody alone.
    """
    words = poll_words(poll) if poll.comments else None
    return replace(
        poll.released,
        needs=tuple(_needs(poll)),
        need_service=_need_service(poll),
        words=tuple(_words(words)) if words else (),
        themes=tuple(_theme(each) for each in words.themes) if words else (),
    )


def _needs(poll: PollInHand) -> list[NeedFigure]:
    found = []
    for row in poll.rows:
        needs = needs_of(poll.tally, row, allowed=partial(may_show, poll.released, row.id))
        worths: dict[str, Reading] = {}
        if row.id == EVERYBODY and needs:
            model = worths_of(poll.frame, row, minimum=poll.released.rules.text_base)
            worths = {each.id: rounded(each.share, each.share_interval, model.base) for each in model.needs}
        found += [_need(row.id, need, worths.get(need.id, Reading())) for need in needs]
    return found


def _need(row: str, need: Need, worth: Reading) -> NeedFigure:
    return NeedFigure(
        row,
        need.id,
        need.text,
        prevalence=reading(need.prevalence),
        urgent=reading(need.urgent),
        hardest=reading(need.hardest),
        wanted=reading(need.wanted),
        first_minus_last=reading(need.first_minus_last),
        worth=worth,
    )


def _need_service(poll: PollInHand) -> tuple[MatchFigure, ...]:
    """Needs beside services where one poll asks for both, for everybody; `wave_match` joins those of several polls."""
    row = poll.row(EVERYBODY)
    if row is None:
        return ()
    allowed = partial(may_show, poll.released, EVERYBODY)
    return match_figures(needs_of(poll.tally, row, allowed=allowed), services_of(poll.tally, row, allowed=allowed))


def _words(found: PollWords) -> list[WordFigure]:
    items = [(EVERYBODY, each.item, each.words, each.key) for theme in found.themes for each in theme.items]
    items = list({item: (row, item, words, key) for row, item, words, key in items}.values())  # an item of two themes
    items += [(each.row, each.item, each.words, each.key) for each in found.rows]
    return [figure for row, item, words, key in items for figure in _word_figures(row, item, words, key)]


def _word_figures(row: str, item: str, words: WordList, key: KeyWordList) -> list[WordFigure]:
    marking = {each.word for each in key.words}
    return [
        WordFigure(row, item, each.word, each.n_respondents, whole(each.share * 100) or 0, each.word in marking)
        for each in words.words
    ]


def _theme(theme: Theme) -> ThemeFigure:
    items = tuple(each.item for each in theme.items)
    return ThemeFigure(theme.id, theme.name, items, theme.n_comments, "too_few" if theme.n_comments is None else None)
