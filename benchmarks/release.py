"""How long a release takes with the gate: the demo university's polls, and 200 units x 60 items one way.

Run: python -m benchmarks.release. The floor is counting the same answers by unit and attribute, without any safety.
"""

import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np

from analysis.disclosure.crossings import counted
from analysis.disclosure.gate import release
from analysis.disclosure.released import PollFacts, Released
from analysis.disclosure.suppression import UnitFacts
from analysis.frame import Codebook, Frame, Text, codebook, library_scoring, sealed_poll
from analysis.releasing import released_box
from analysis.scoring import NO_SCORING
from questionnaires.documents import read_yaml
from questionnaires.library import shared
from questionnaires.questionnaire import Questionnaire

UNITS, ITEMS, STAFF = 200, 60, 30_000
ANSWERED = (0.22, 0.38, 0.22, 0.07, 0.03, 0.08)  # five points and "not applicable"
BLANK = 0.03
TODAY = date(2026, 11, 23)


def main() -> None:
    demo()
    large()


def demo() -> None:
    """All polls of the demo university, from their sealed boxes."""
    from survey_app.demo import make_demo
    from survey_app.store.engines import Stores, ballot_box_engine, registry_engine, upgrade

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        stores = Stores(
            registry_engine(f"sqlite:///{place / 'registry.db'}"), ballot_box_engine(f"sqlite:///{place / 'box.db'}")
        )
        upgrade(stores.registry, stores.ballot_box)
        make_demo(stores, place, None, TODAY)
        for box in sorted(place.rglob("*.box")):
            poll = sealed_poll(box)
            seconds, released = _timed(lambda poll=poll: released_box(poll, library_scoring()))
            print(f"demo {poll.poll_id}: {seconds:.2f} s, {_cost(released)}")
        stores.registry.dispose()
        stores.ballot_box.dispose()


def large() -> None:
    """200 units of lognormal size, 60 rating items, two attributes, a release one way."""
    book = codebook(large_questionnaire())
    frame = random_frame(book, UNITS, STAFF, np.random.default_rng(4))
    floor, counts = _timed(lambda: counted(book, frame.units, [frame]))
    units = [
        UnitFacts(name, Text(name), "academic", int(2 * n + 5))
        for name, n in zip(frame.units, counts.tally.responding, strict=True)
    ]
    shown = [0.0]

    def progress(done: int, total: int) -> None:
        if time.monotonic() - shown[0] > 5 or done == total:
            shown[0] = time.monotonic()
            print(f"  {done} of {total} questions judged")

    seconds, released = _timed(lambda: release(counts, facts(book), units, NO_SCORING, progress=progress))
    print(f"{UNITS} units x {ITEMS} items, {frame.n_ballots} ballots: {seconds:.1f} s, {_cost(released)}")
    print(f"floor (counting them by unit and attribute): {floor:.2f} s, ratio {seconds / floor:.0f}")


def large_questionnaire(items: int = ITEMS) -> Questionnaire:
    """So many rating items and two questions about the respondent."""
    rating = "\n".join(
        f"      - {{id: q{n:03}, type: rating, scale: satisfaction5, na: true, required: false, zh: 第{n}项, en: Item {n}}}"
        for n in range(items)
    )
    groups = "\n".join(
        f"      - {{id: {name}, type: single, required: false, zh: {name}, en: {name}, options: ["
        + ", ".join(f"{{id: {name}{n}, zh: {name}{n}, en: {name}{n}}}" for n in range(1, 6))
        + "]}"
        for name in ("category", "age")
    )
    return read_yaml(
        "id: large\ntitle_zh: 大\ntitle_en: Large\npurpose_zh: 测\npurpose_en: Measure\n"
        "who: {members: [in_service], anonymous: true, collector: one_time_code}\nminutes: 9\ncadence: yearly\n"
        "intro_zh: 无\nintro_en: None\nthanks_zh: 谢\nthanks_en: Thanks\n"
        f"sections:\n  - id: main\n    title_zh: 主\n    title_en: Main\n    items:\n{rating}\n"
        f"  - id: about_you\n    title_zh: 关于您\n    title_en: About you\n    items:\n{groups}\n",
        "benchmarks/release.py",
        shared(),
    )


def random_frame(book: Codebook, n_units: int, n_staff: int, rng: np.random.Generator) -> Frame:
    """Units of lognormal size, categories mixed differently in each, answers with an effect of the unit."""
    sizes = rng.lognormal(0, 1, n_units)
    unit = rng.choice(n_units, n_staff, p=sizes / sizes.sum()).astype(np.int32)
    codes = np.empty((len(book.columns), n_staff), np.int8)
    for place, column in enumerate(book.columns):
        if column.item in book.questionnaire.personal_items:
            mixes = rng.dirichlet(np.ones(column.n_codes), n_units).cumsum(axis=1)
            codes[place] = (rng.random(n_staff)[:, None] > mixes[unit]).sum(axis=1).clip(0, column.n_codes - 1)
        else:
            own = rng.dirichlet(np.array(ANSWERED[: column.n_codes]) * 12, n_units).cumsum(axis=1)
            codes[place] = (rng.random(n_staff)[:, None] > own[unit]).sum(axis=1).clip(0, column.n_codes - 1)
        codes[place][rng.random(n_staff) < BLANK] = -1
    names = tuple(f"u{number:03}" for number in range(n_units))
    return Frame(book, names, unit, codes, np.empty((0, n_staff), np.int32))


def facts(book: Codebook) -> PollFacts:
    title = book.questionnaire.title
    return PollFacts("poll", book.questionnaire.id, title, "2026", TODAY, TODAY, "slip", "F", "0")


def _timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _cost(released: Released) -> str:
    cells = (*released.item_figures, *released.group_figures)
    told = Counter(each.withheld or ("told coarsely" if each.coarse else "shown") for each in cells)
    return ", ".join(f"{name} {n}" for name, n in told.most_common())


if __name__ == "__main__":
    main()
