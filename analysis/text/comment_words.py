"""The comments of a poll as bags of words: masked and cut once, from the texts of a box or as a frame file keeps them."""

from analysis.frame import CommentWords, SealedPoll, box_texts
from analysis.text.words import words_of


def comment_words(poll: SealedPoll) -> tuple[CommentWords, ...]:
    """The words of every comment, by unit and item and then by the words."""
    if poll.saved is not None:
        return poll.saved.comments
    found = (CommentWords(each.unit, each.item, words_of(each.text)) for each in box_texts(poll.path))
    return tuple(sorted(found, key=lambda each: (each.unit, each.item, sorted(each.words))))
