"""Designs for every number of options: everybody sees each option once, and every pair meets as often as any other."""

from collections import Counter
from itertools import combinations

import pytest

from questionnaires.best_worst_designs import FEWEST, MOST, balanced_design, design_faults
from questionnaires.documents import read_tree
from questionnaires.items import BestWorstItem
from questionnaires.library import shared
from questionnaires.versions import from_document, frozen_document
from questionnaires.written import written

EXACT = {4, 5, 6, 7, 8, 9, 11, 12, 15, 16, 19, 20, 23, 24, 27, 28}


@pytest.mark.parametrize("options", range(FEWEST, MOST + 1))
def test_every_option_is_seen_once_a_version_and_every_pair_meets_alike(options: int) -> None:
    design = balanced_design(options)
    assert all(sorted(one for screen in version for one in screen) == list(range(options)) for version in design)
    assert all(3 <= len(screen) <= 5 for version in design for screen in version)
    met = Counter(pair for version in design for screen in version for pair in combinations(sorted(screen), 2))
    times = {met[pair] for pair in combinations(range(options), 2)}
    assert len(times) == 1 if options in EXACT else times == {2, 3}
    by_size = Counter((one, len(screen)) for version in design for screen in version for one in screen)
    for size in {len(screen) for screen in design[0]}:  # nobody stands in the smaller company more often
        assert len({by_size[one, size] for one in range(options)}) == 1
    assert design_faults([[list(screen) for screen in version] for version in design], options) == []


@pytest.mark.parametrize("options", [0, 3, 31])
def test_other_numbers_have_none(options: int) -> None:
    with pytest.raises(ValueError, match=str(options)):
        balanced_design(options)


def test_the_library_names_one_design_for_each_number() -> None:
    numbers = Counter(sum(map(len, design[0])) for design in shared().designs.values())
    assert set(numbers) == set(range(FEWEST, MOST + 1))
    assert numbers[16] == numbers[8] == 1  # its own


@pytest.mark.parametrize("options", [7, 10, 13])
def test_a_questionnaire_with_uneven_screens_is_written_frozen_and_read_again(options: int) -> None:
    listed = [{"id": f"o{n}", "zh": f"第{n}件", "en": f"Matter {n}"} for n in range(options)]
    item = {"id": "first", "type": "best_worst", "zh": "最该先办哪一件？", "en": "Which first?", "options": listed}
    words = {"best_label_zh": "最先", "best_label_en": "First", "worst_label_zh": "最后", "worst_label_en": "Last"}
    texts = {
        f"{name}_{language}": name for name in ("title", "purpose", "intro", "thanks") for language in ("zh", "en")
    }
    tree = {
        "id": "trying",
        **texts,
        "minutes": 3,
        "cadence": "once",
        "who": {"members": ["in_service"]},
        "items": [item | words | {"design": f"bw{options}"}],
    }
    questionnaire = read_tree(tree, shared=shared())
    (asked,) = questionnaire.items
    assert isinstance(asked, BestWorstItem)
    assert asked.design == balanced_design(options)
    assert read_tree(written(questionnaire, shared()), shared=shared()).items == questionnaire.items
    assert from_document(frozen_document(questionnaire)).items == questionnaire.items
