"""Words to ids and back: the only room that knows the tokenizer.

    teacher   question | <<16-3=13>> <<13*2=26>> | The answer is: 26 <eos>
    student   question <bot> | z1 .. zK | <eot> The answer is: 26 <eos>
                                                           ^ cue: the token before the number

Parts are tokenised apart and joined, so what stands before an answer never changes its ids. The cue is
found through character offsets and not by a model's name: GPT-2 reads ": 26" as ":" " 26", Llama as
":" " " "26", and the aligned token must be the last one before the number in both (method.md 1.4).
"""

from __future__ import annotations

from collections.abc import Sequence

from transformers import PreTrainedTokenizerBase

from codi.config import CodiConfig


class Prompt:
    """Builds token ids for one tokenizer and one `CodiConfig`."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase, config: CodiConfig) -> None:
        self.tokenizer = tokenizer
        self.config = config
        ids, cue = self.answer("0")
        self.cue_ids = ids[: cue + 1]
        """The cue as the model writes it."""

    def question(self, question: str) -> tuple[list[int], list[int]]:
        """Ids of the question, and for each the word that it belongs to (-1: a start token).

        White space is collapsed; a start token is added if the tokenizer has one.
        """
        text = " ".join(question.split())
        if not text:
            return [], []
        encoded = self.tokenizer(text, split_special_tokens=True, return_offsets_mapping=True)
        ids, words = list(encoded["input_ids"]), []
        for start, end in encoded["offset_mapping"]:
            inside = start + text[start:end].startswith(" ")
            words.append(text.count(" ", 0, inside) if end > start else -1)
        # Some tokenizers close with eos when asked for special tokens; a question must stay open.
        closed = ids[-1] == self.config.eos_id
        return (ids[:-1], words[:-1]) if closed else (ids, words)

    def steps(self, steps: str) -> list[int]:
        """Ids of the teacher's steps; no ids for no steps."""
        if not steps:
            return []
        return list(self.tokenizer(steps, add_special_tokens=False)["input_ids"])

    def answer(self, answer: str) -> tuple[list[int], int]:
        """Ids of cue, answer and eos, and the index of the token before the answer's first token."""
        text = f"{self.config.cue} {answer}"
        encoded = self.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        start = len(self.config.cue) + 1
        first = next(i for i, (_, end) in enumerate(encoded["offset_mapping"]) if end > start)
        if first == 0:
            raise ValueError(
                f"the tokenizer joins the cue {self.config.cue!r} and the answer {answer!r} into one "
                "token; choose a cue that ends in punctuation"
            )
        return [*encoded["input_ids"], self.config.eos_id], first - 1

    def text(self, ids: Sequence[int]) -> str:
        """Readable text of written ids, special tokens removed."""
        special = {self.config.pad_id, self.config.bot_id, self.config.eot_id, self.config.eos_id}
        return str(self.tokenizer.decode([i for i in ids if i not in special])).strip()

    def piece(self, token_id: int) -> str:
        """Display text of one token."""
        names = {self.config.bot_id: "<bot>", self.config.eot_id: "<eot>"}
        names |= {self.config.eos_id: "<eos>", self.config.pad_id: "<pad>"}
        return names.get(token_id) or str(self.tokenizer.decode([token_id]))

    def names_whole_numbers(self) -> bool:
        """Whether one token can be a number of several digits, so that a thought can name it."""
        samples = ("13", "47", "360")
        return all(
            any(self.piece(i).strip() == sample for i in self.answer(sample)[0])
            for sample in samples
        )


def join_steps(steps: Sequence[str]) -> str:
    """Equations as the teacher writes them: `<<16-3=13>> <<13*2=26>>` (the format of GSM8k-Aug)."""
    return " ".join(f"<<{step}>>" for step in steps)
