"""How cards name measures and questions."""

from collections.abc import Mapping, Sequence

from analysis.frame import Questionnaire, Text

BOTH = ("zh", "en")


class CardWords:
    """Names of measures and questions from the questionnaires; their codes where a questionnaire is not at hand."""

    def __init__(self, questionnaires: Sequence[Questionnaire]) -> None:
        self.measures = {each.id: each.text for one in questionnaires for each in one.measures}
        self.items = {f"{one.id}.{item.id}": item.label for one in questionnaires for item in one.items}
        self.answers = {
            (f"{one.id}.{item.id}", choice.id): choice.text
            for one in questionnaires
            for item in one.items
            for choice in getattr(item, "choices", ())
        }

    def measure(self, measure_id: str) -> Text:
        """The name of a measure."""
        return self.measures.get(measure_id, Text(measure_id, measure_id))

    def questions(self, addresses: Sequence[str], language: str) -> str:
        """Questions by code and text, in one language."""
        told = []
        for address in addresses:
            code = address.partition(".")[2]
            text = self.items.get(address)
            told.append(f"{code} “{text.in_language(language)}”" if text else self._absent(address, language))
        return ("、" if language == "zh" else ", ").join(told)

    def choices(self, address: str, chosen: Sequence[str]) -> Text:
        """Answers to a question by their text, added up."""
        return Text(*(" + ".join(self._answer([address], each, language) for each in chosen) for language in BOTH))

    def credit(self, addresses: Sequence[str], credit: Mapping[str, float]) -> Text:
        """What each answer to any of the questions earns, by its text."""
        lines = {
            language: [f"{self._answer(addresses, each, language)} = {value:g}" for each, value in credit.items()]
            for language in BOTH
        }
        return Text("、".join(lines["zh"]), ", ".join(lines["en"]))

    def _answer(self, addresses: Sequence[str], choice: str, language: str) -> str:
        texts = [self.answers[address, choice] for address in addresses if (address, choice) in self.answers]
        if not texts:
            return choice
        return f"“{texts[0].in_language(language)}”"

    def _absent(self, address: str, language: str) -> str:
        if not self.items:
            return address
        return f"{address}（没有这份问卷）" if language == "zh" else f"{address} (no such poll here)"
