"""Numbers and dates are collected but not released: an exact number can name a person."""

from pathlib import Path

from questionnaires.library import read_document
from tests.analysis.worlds import released, unit

CORPUS = Path(__file__).parents[1] / "questionnaires" / "corpus"


def test_a_number_is_neither_released_nor_called_unanswered() -> None:
    questionnaire = read_document((CORPUS / "number.yaml").read_bytes(), "number.yaml")
    result = released(questionnaire, [unit("B01", 60)], [("B01", b"[3,40]")] * 30)
    assert [item.kind for item in result.items] == ["number", "number"]
    assert result.item_figures == ()
    assert result.unit("B01").n_responding == 30
