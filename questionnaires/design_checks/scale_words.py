"""What the words of a scale say: which family it is, and which points are favourable."""

from __future__ import annotations

import re
from collections.abc import Sequence

from questionnaires.scales import Choice, ResponseScale
from questionnaires.texts import Language

_FAMILIES = {
    "satisfaction": ("满意", "satisf"),
    "agreement": ("同意", "agree"),
    "importance": ("重要", "importan"),
    "frequency": ("总是|经常|从不", "always|often|never"),
}

_MIDDLE: dict[Language, str] = {
    "zh": r"一般|中等|中立|说不准|说不清|不好说|不一定|有时|尚可|差不多|适中|不变|无所谓|一样",
    "en": r"\bneither\b|\bneutral\b|\bmedium\b|\bmoderate(ly)?\b|\bsometimes\b|\bsomewhat\b|\baverage\b|\babout the same\b|\bmixed\b|\bunsure\b|\bno change\b",
}
_UNFAVOURABLE: dict[Language, str] = {
    "zh": r"不|没|无|未|差|坏|低|小|少|慢|从不|反对|糟|难|弱",
    "en": r"\b(not|no|never|rarely|seldom|poor(ly)?|bad(ly)?|worse|worst|low|little|small|few|slow|weak(ly)?|oppose|against|hard)\b"
    r"|\bdis(satisfied|agree|like|approve)|\bun(happy|important|fair|clear|likely|favou?rable|willing)|\bin(convenient|adequate)",
}
_FAVOURABLE: dict[Language, str] = {
    "zh": r"满意|同意|好|优|赞成|支持|重要|清楚|高|大|多|经常|总是|愿意|称职|方便|及时|公平|合理|有用|喜欢|信任|快|强|容易|会",
    "en": r"\b(satisfied|agree|good|better|best|excellent|competent|well|high|much|deal|large|great|always|often|important|support|approve|clear(ly)?|likely|willing|convenient|fair|happy"
    r"|useful|helpful|fast|strong(ly)?|easy|favou?r)\b",
}


def family_of(scale: ResponseScale) -> str | None:
    """satisfaction, agreement, importance or frequency by its labels; None for any other."""
    zh = " ".join(choice.text.zh for choice in scale.choices)
    en = " ".join(choice.text.in_language("en") for choice in scale.choices).lower()
    for name, (in_zh, in_en) in _FAMILIES.items():
        if re.search(in_zh, zh) or re.search(in_en, en):
            return name
    return None


def leaning(label: str, language: Language) -> int | None:
    """1 for a favourable label, -1 for an unfavourable one, 0 for the middle, None where the words do not tell."""
    words = re.sub(r"\ba (little|bit) (?=better|worse|more|less)", "", label.lower())
    if re.search(_MIDDLE[language], words):
        return 0
    if re.search(_UNFAVOURABLE[language], words):
        return -1
    return 1 if re.search(_FAVOURABLE[language], words) else None


def leanings(choices: Sequence[Choice], language: Language) -> tuple[int, int] | None:
    """How many labels are favourable and how many unfavourable; None if the words of any do not tell."""
    found = [leaning(choice.text.in_language(language), language) for choice in choices]
    if any(one is None for one in found):
        return None
    return found.count(1), found.count(-1)
