"""Method cards of comments: words, words that mark an item or a unit, themes, and what is masked."""

from analysis.assessment.method_cards import MethodCard
from analysis.frame import Text
from analysis.text.words import MINIMUM

_NONE = Text("无", "none")


def word_cards(version: str) -> tuple[MethodCard, ...]:
    """The cards of this package."""
    return (
        MethodCard(
            id="frequent_words",
            title=Text("常见词", "Frequent words"),
            meaning=Text("多少人在留言里用到这个词", "how many people used the word in their comment"),
            formula=Text("用到它的人 / 对该题留言的人；一个人重复多次只算一次", "people who used it / people who wrote to the question; repeating it counts once"),
            base=Text(
                f"每题单独算，至少 {MINIMUM} 人用到；先遮住人名和号码，去掉停用词，中文按词典切分",
                f"each question by itself, at least {MINIMUM} people; names and numbers masked first, stop words dropped, Chinese cut by dictionary",
            ),
            weights=Text("不加权", "none"),
            interval=Text("95% 威尔逊", "95 % Wilson"),
            misleads=Text("留言的人不等于作答的人；新词可能被切开", "those who write are not those who answer; new expressions may be cut in two"),
            version=version,
        ),
        MethodCard(
            id="key_words",
            title=Text("特征词", "Key words"),
            meaning=Text("这里用得比别处多的词", "words used by a larger share of people here than elsewhere"),
            formula=Text(
                "G² = 2Σ 实际·ln(实际/预期)，表为（用了、没用）×（这里、别处）；各词的 p 按 Holm 校正，5%",
                "G2 = 2 sum observed ln(observed / expected) of (used, did not) x (here, elsewhere); p over words by Holm at 5 %",
            ),
            base=Text(
                f"这里至少 {MINIMUM} 人用到，别处没有人或至少 {MINIMUM} 人用到；单位只在公布留言数时列出",
                f"at least {MINIMUM} people here, and nobody or at least {MINIMUM} elsewhere; units only where the number of comments is released",
            ),
            weights=Text("不加权，数人不数次", "none; people, not occurrences"),
            interval=_NONE,
            misleads=Text("同一个人可能在几道题里留言，检验当作不同的人", "one person may have written to several questions; the test takes them for different people"),
            version=version,
        ),
        MethodCard(
            id="themes",
            title=Text("按主题归类的意见", "Comments by theme"),
            meaning=Text("每个主题有多少条意见", "how many comments each theme has"),
            formula=Text("主题即题目的主题，不由机器归类", "a theme is that of the question; no machine sorts comments"),
            base=Text(f"少于 {MINIMUM} 条不列数；能相减得出的也不列", f"none under {MINIMUM}, nor what could be had by subtraction"),
            weights=Text("不加权", "none"),
            interval=Text("计数，无误差范围", "a count: none"),
            misleads=Text(
                "读到的文字已遮住姓名、电话、证件号、工号、账号和邮箱；绰号和只写名字的遮不住",
                "texts are read with names, telephone, identity, staff and account numbers and addresses masked; nicknames and bare given names cannot be",
            ),
            version=version,
        ),
    )  # fmt: skip
