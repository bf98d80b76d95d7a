"""A small tokenizer in which a number is a word.

A continuous thought is read through the output embedding, which can name one token. So that a thought
can name a whole number, every integer 0-999 is one token in one form: " 9" and "9" are the same id.
Longer digit strings are cut into groups of three from the right (1234 is "1" "234").

How the space before a number disappears without losing the text: after a letter or a colon (and at the
start) a space before a digit is taken for granted and not written; where the two really touch ("x9",
"3:30") a joiner says so. Everything else is byte-level BPE, so any text survives, except that runs of
white space become one space and the ends are trimmed.

The marker tokens are entries of the vocabulary that no text can reach: a visitor who types "<bot>" gets
five characters, not a marker.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

SPECIAL = ("<pad>", "<eos>", "<bot>", "<eot>")
JOINER = "\ufdd0"
"""Between a letter and a digit that touch. A noncharacter: Unicode reserves it for such internal use."""
NUMBERS = [f"{value:0{width}d}" for width in (1, 2, 3) for value in range(10**width)]
"""All strings of one to three digits, shortest first: 0..9, 00..99, 000..999."""


def build(texts: Iterable[str], vocab_size: int = 4096) -> PreTrainedTokenizerFast:
    """Train on `texts`; at most `vocab_size` tokens, numbers and 256 bytes included."""
    trained = _pipeline(models.BPE())
    trainer = trainers.BpeTrainer(
        vocab_size=max(300, vocab_size - len(SPECIAL) - len(NUMBERS)),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    # Digits are left out of the training text: their tokens are made, not learnt.
    wordy = ("".join(" " if c.isdigit() else c for c in text) for text in texts)
    trained.train_from_iterator(wordy, trainer)
    learnt = json.loads(trained.to_str())["model"]
    vocab = {token: i for i, token in enumerate(SPECIAL)}
    for token in NUMBERS:
        vocab.setdefault(token, len(vocab))
    for token in sorted(learnt["vocab"], key=learnt["vocab"].__getitem__):
        vocab.setdefault(token, len(vocab))
    merges = [tuple(merge) for merge in learnt["merges"]]
    # `ignore_merges`: a piece that is in the vocabulary is one token, which numbers have no merges for.
    return PreTrainedTokenizerFast(
        tokenizer_object=_pipeline(models.BPE(vocab=vocab, merges=merges, ignore_merges=True)),
        clean_up_tokenization_spaces=False,
    )


def _pipeline(model: models.BPE) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
            normalizers.Replace(Regex(r"(?<=[\p{L}:])(?=[0-9])"), JOINER),
            normalizers.Prepend(" "),
            normalizers.Replace(Regex(r"(?<=[\p{L}:]) (?=[0-9])|^ (?=[0-9])"), ""),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(
                Regex(
                    # Brackets of a step; digits in threes from the right; words; any other sign.
                    r" ?(?:<<|>>)|[0-9]{1,3}(?=(?:[0-9]{3})*(?![0-9]))| ?\p{L}+(?:['’]\p{L}+)?"
                    r"| ?[^\s\p{L}0-9]| "
                ),
                behavior="isolated",
            ),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.Sequence(
        [
            decoders.ByteLevel(),
            decoders.Fuse(),
            decoders.Replace(Regex(r"(?<=[\p{L}:])(?=[0-9])"), " "),
            decoders.Replace(JOINER, ""),
            decoders.Strip(" ", 1, 0),
        ]
    )
    return tokenizer
