"""How cards name measures and questions."""

from collections.abc import Sequence

from analysis.frame import Questionnaire, Text


class CardWords:
    """Names of measures and questions from the questionnaires; their codes where a questionnaire is not at hand."""

    def __init__(self, questionnaires: Sequence[Questionnaire]) -> None:
        self.measures = {each.id: each.text for one in questionnaires for each in one.measures}
        self.items = {f"{one.id}.{item.id}": item.label for one in questionnaires for item in one.items}

    def measure(self, measure_id: str) -> Text:
        """The name of a measure."""
        return self.measures.get(measure_id, Text(measure_id, measure_id))

    def questions(self, addresses: Sequence[str], language: str) -> str:
        """Questions by code and text, in one language."""
        told = []
        for address in addresses:
            code = address.partition(".")[2]
            text = self.items.get(address)
            told.append(f"{code} “{text.in_language(language)}”" if text else address)
        return ("、" if language == "zh" else ", ").join(told)
