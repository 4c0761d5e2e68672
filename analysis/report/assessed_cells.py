"""The released assessment as rows of cells."""

from collections.abc import Iterator

from analysis.disclosure.released_assessment import ReleasedAssessment, Score, ShownScore, UnitAssessment, WaveChange
from analysis.report.cell_row import CellRow
from analysis.report.figures import band_words, reason_words
from analysis.report.language import speech


def assessed_rows(assessment: ReleasedAssessment, language: str) -> Iterator[CellRow]:
    """Staff voice and what stands beside it, dimensions, components, changes and conditions of every unit."""
    reader = _Reader(assessment, language)
    yield from reader.university()
    for unit in assessment.units:
        yield from reader.unit(unit)


class _Reader:
    def __init__(self, assessment: ReleasedAssessment, language: str) -> None:
        self.assessment, self.language, self._ = assessment, language, speech(language)

    def university(self) -> Iterator[CellRow]:
        found, name = self.assessment.university, self._("全校在职")
        yield self._score("assessment", ("ALL", name), "voice", self._("群众评价分"), found.voice)
        for each in found.dimensions:
            yield self._score(
                "dimensions", ("ALL", name), each.id, self._dimension(each.id), each.score, unaware=each.unaware_percent
            )
        yield from self._shown(("ALL", name), found.shown)

    def unit(self, unit: UnitAssessment) -> Iterator[CellRow]:
        row = (unit.unit, unit.name.in_language(self.language))
        yield CellRow(
            "assessment",
            self.assessment.wave,
            *row,
            "band",
            self._("拟定等次"),
            band_words(unit.band, self.language),
            n=unit.n_responding,
            eligible=unit.n_eligible,
            percent=unit.response_percent,
            withheld=reason_words(unit.reason, self.language),
        )
        _ = self._
        for code, words, score, label in (
            ("voice", _("群众评价分"), unit.voice, unit.standing.label),
            ("shrunk", _("向全校收缩后"), unit.standing.shrunk, None),
            ("adjusted", _("按岗位和年龄调整后"), unit.adjusted, None),
            ("without_pressed", _("去掉全部选同一项的答卷"), unit.without_pressed, None),
            ("evidence", _("佐证材料"), unit.evidence, None),
            ("total", _("总分"), unit.total, None),
        ):
            yield self._score("assessment", row, code, words, score, label=label or "")
        official = unit.official_rate
        yield CellRow(
            "assessment",
            self.assessment.wave,
            *row,
            "official_rate",
            _("满意率（满意＋基本满意）"),
            base=official.base,
            percent=official.value,
            percent_low=official.low,
            percent_high=official.high,
            withheld=reason_words(official.reason, self.language) if official.value is None else "",
        )
        yield self._change(row, "voice", _("群众评价分"), unit.change)
        for each in unit.dimensions:
            words = self._dimension(each.id)
            classed: str = each.standing.label or ""
            yield self._score(
                "dimensions", row, each.id, words, each.score, label=classed, unaware=each.unaware_percent
            )
            yield self._change(row, each.id, words, each.change)
            for part in each.components:
                name = part.name.in_language(self.language)
                yield self._score("components", row, f"{each.id}.{part.id}", name, part.score)
        for condition in unit.conditions:
            met = {True: "met", False: "missed", None: ""}[condition.met]
            yield CellRow(
                "conditions",
                self.assessment.wave,
                *row,
                f"{condition.band}.{condition.name}",
                band_words(condition.band, self.language),
                score=condition.found,
                wanted=condition.wanted,
                class_label=met,
                withheld=reason_words(condition.reason, self.language),
            )
        for veto in unit.vetoes:
            yield CellRow("vetoes", self.assessment.wave, *row, "veto", veto.reason, veto.day)
        yield from self._shown(row, unit.shown)

    def _shown(self, row: tuple[str, str], shown: tuple[ShownScore, ...]) -> Iterator[CellRow]:
        """What stands beside the scores; `code` is the id of its method card."""
        for each in shown:
            yield self._score("shown", row, each.id, self._area(each.group), each.score)

    def _area(self, group: str) -> str:
        _ = self._
        return {
            "rights": _("四项权利"),
            "congress": _("教代会"),
            "openness": _("校务公开"),
            "learning": _("学习"),
            "services": _("服务"),
            "activities": _("活动"),
        }.get(group, group)

    def _dimension(self, dimension: str) -> str:
        return self.assessment.dimension_info(dimension).name.in_language(self.language)

    def _score(
        self,
        table: str,
        row: tuple[str, str],
        code: str,
        words: str,
        score: Score,
        *,
        label: str = "",
        unaware: int | None = None,
    ) -> CellRow:
        return CellRow(
            table,
            self.assessment.wave,
            *row,
            code,
            words,
            base=score.base,
            score=score.value,
            score_low=score.low,
            score_high=score.high,
            dont_know=unaware,
            class_label=label,
            withheld=reason_words(score.reason, self.language) if score.value is None else "",
        )

    def _change(self, row: tuple[str, str], code: str, words: str, change: WaveChange) -> CellRow:
        return CellRow(
            "changes",
            self.assessment.wave,
            *row,
            code,
            words,
            score=change.difference,
            score_low=change.low,
            score_high=change.high,
            class_label=change.label or "",
            withheld=reason_words(change.reason, self.language) if change.difference is None else "",
        )
