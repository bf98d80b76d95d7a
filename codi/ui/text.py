"""Every word of the page, in English and Chinese, under one key each.

The page keeps facts and words apart: handlers send keys and values (`Message`), and the browser fills
them into the words of the language that is switched on. So switching needs no server, and a test can
check that no key is missing in either language. `{name}` marks a value; numbers are written by the
browser in the reader's locale.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Lang = Literal["en", "zh"]
LANGS: tuple[Lang, ...] = ("en", "zh")


@dataclass(frozen=True)
class Message:
    """A sentence without its words: a key of `WORDS` and the values that it names."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for the browser."""
        return {"key": self.key, "values": self.values}

    def say(self, lang: Lang = "en") -> str:
        """The sentence, for readers without a browser (the API, logs)."""
        return WORDS[lang][self.key].format(**self.values)


_EN: dict[str, str] = {
    # head
    "title": "Think aloud or think silently?",
    "subtitle": "One small language model answers the same question twice: once it writes its steps, "
    "once it only thinks.",
    "language": "Language",
    # question
    "question_label": "A word problem in English: the model reads nothing else",
    "question_placeholder": "Type a short word problem, or pick one below.",
    "counter": "{count} / {limit}",
    "race": "Race",
    "stop": "Stop",
    "keys": "Ctrl+Enter starts, Esc stops",
    "examples": "Examples, easy to hard",
    # lanes
    "lanes": "The two answers",
    "aloud": "Aloud",
    "aloud_what": "writes its steps",
    "silent": "Silent",
    "silent_what": "thinks in {count} vectors",
    "seconds": "{value} s",
    "passes": "{count} model steps",
    "waiting": "waiting",
    "thought_n": "Thought {n}",
    "phase_reading": "reading",
    "phase_writing": "writing",
    "phase_thinking": "thinking",
    "phase_answering": "answering",
    "phases_alt": "Time: reading {reading} s, {middle} {thinking} s, answering {answering} s",
    "right": "right",
    "wrong": "wrong",
    "cut_off": "Cut off: it did not finish by itself.",
    "device": "Each lane ran alone, {when}. {machine}, {dtype}, greedy decoding, model {model}.",
    "when_start": "recorded when this page started",
    "when_live": "just now",
    # status
    "status_empty": "Press Race to run a question.",
    "status_recorded": "Recorded run. Press Race to run it now.",
    "status_queued": "{ahead} ahead of you. Yours starts by itself.",
    "status_silent": "Silent is thinking…",
    "status_silent_answer": "Silent is answering…",
    "status_aloud": "Aloud is writing step {n}…",
    "status_aloud_answer": "Aloud is answering…",
    "status_inside": "Looking inside (not timed)…",
    "status_done": "Finished.",
    "status_stopped": "Stopped. What was finished is kept.",
    "status_timeout": "Stopped after {seconds} s: the answer was getting too long.",
    # verdict
    "both_right": "Both answered {answer}, and that is right.",
    "only_silent": "Silent is right with {silent}. Aloud said {aloud}.",
    "only_aloud": "Aloud is right with {aloud}. Silent said {silent}.",
    "both_wrong": "Both are wrong: Aloud said {aloud}, Silent said {silent}. Right is {gold}.",
    "agree": "Both say {answer}. Agreement is not proof.",
    "disagree": "They disagree: Aloud says {aloud}, Silent says {silent}.",
    "nothing": "no number",
    "faster": "Silent took {silent} model steps, Aloud {aloud}; Aloud took {ratio} times as long in this run.",
    "slower": "Silent took {silent} model steps, Aloud {aloud}; Silent took {ratio} times as long in this run.",
    "no_number_aloud": "Aloud finished without a number. That counts as wrong.",
    "no_number_silent": "Silent finished without a number. That counts as wrong.",
    "inside_differs": "The inspected run answered {inside}, the timed run {timed}. "
    "Times and answers shown are the timed ones; words and attention may not belong to them.",
    # thoughts
    "tab_thoughts": "Thoughts",
    "thoughts_head": "The words nearest to each thought",
    "thoughts_lead": "A thought is a vector. Read through the output layer it lies near these tokens. "
    "“bot” is the state right before the first thought.",
    "thoughts_none": "The thoughts appear here when Silent runs.",
    "unreadable": "not readable as a word: normal",
    "looked_at": "Looked most at",
    "equals_step": "Aloud: {step}",
    "class_number": "number",
    "class_operator": "sign",
    "class_word": "word",
    "class_other": "other",
    "probability": "{value} %",
    # attention
    "tab_attention": "Where it looked",
    "attention_head": "Where Silent looked",
    "attention_lead": "Each row is one state. Colour says how much of its attention went to the word "
    "or the earlier thought in that column.",
    "attention_none": "The picture appears here after a run.",
    "attention_layer": "Layer",
    "attention_head_choice": "Head",
    "attention_mean": "mean over all",
    "attention_sink": "Show the first token",
    "attention_sink_note": "The first token, “{token}”, takes {share} % of all attention, mostly because "
    "unused attention has to go somewhere. It is {state}.",
    "sink_hidden": "hidden here",
    "sink_shown": "shown here",
    "attention_formula": "Shown: {what}. Pieces of a word are added up; every row, with the first token, "
    "adds up to 100 %.",
    "formula_mean": "A(row, column) = mean of softmax(q·k / √d) over {layers} layers and {heads} heads",
    "formula_layer": "A(row, column) = mean of softmax(q·k / √d) over the {heads} heads of layer {layer}",
    "formula_head": "A(row, column) = mean over {layers} layers of softmax(q·k / √d) in head {head}",
    "formula_one": "A(row, column) = softmax(q·k / √d) in layer {layer}, head {head}",
    "attention_hover": "{row} gives {column} {value} % of its attention",
    "attention_x": "what is read: words of the question, then earlier states",
    "attention_y": "who reads",
    "attention_scale": "attention",
    "attention_table": "The same as a table",
    "attention_caption": "Attention in percent",
    "answer_row": "answer {token}",
    "cue_column": "answer cue",
    # about
    "about": "About this page: what it shows, and what it does not",
    "about_1": "Aloud and Silent are the same weights. Aloud (the teacher) writes its calculation and "
    "then the answer. Silent (the student) feeds its own state back as the next input {count} times, "
    "without writing anything, and then answers. The method is CODI (arXiv 2502.21074): the silent way "
    "was trained to reach the state in which the spoken way gives its answer.",
    "about_2": "Reading a thought: we send it through the output layer and list the nearest tokens. That "
    "can only name single tokens, so a plan, a sum in progress or a long number has no name there. Many "
    "thoughts stay unreadable, and a number that matches a written step can be there by chance.",
    "about_3": "Attention shows where information could flow from, not why an answer came out.",
    "about_4": "The clock runs over the forward passes only, one lane after the other, Silent first, on "
    "the machine named under the lanes. Words and attention come from a second, untimed run that must "
    "give the same answer; if it does not, a note says so.",
    "about_5": "The served model is {model}. Objective it was trained for: {objective}. It has {count} "
    "thoughts, {layers} layers and {heads} heads. If the objective names a supervision of the thoughts, "
    "they were taught to name step results, and finding them there is no discovery. The model is small, "
    "it makes mistakes, and it knows nothing but arithmetic stories.",
    "about_6": "Questions are worked on in memory and are not stored or logged.",
    "numbers_whole": "A number from 0 to 999 is one token for this model, so one thought can name it; "
    "longer numbers are split into groups of three digits.",
    "numbers_split": "This model writes some numbers in several tokens, so one thought can only name a "
    "part of them.",
    # problems
    "bad_type": "This was not text. Send the question as one line of text.",
    "empty": "Type a short word problem, or pick one of the examples.",
    "too_long": "{count} of {limit} characters. Shorten it by {over}.",
    "too_many_tokens": "Too long for the model: {count} of {limit} tokens. Shorten it a little.",
    "no_number": "No number found. The model only does arithmetic stories; add the numbers.",
    "not_english": "The model only reads English. Try the English version of this problem.",
    "markup": "This looks like HTML or code. Write the problem in plain words.",
    "hidden_characters": "The text has invisible control characters. Type it again as plain text.",
    "huge_number": "A number has more than {limit} digits. Use smaller numbers.",
    "bad_latents": "num_latents must be a whole number from 0 to {limit}, or left out.",
    "bad_seed": "seed must be a whole number from 0 to {limit}.",
    "busy": "The room is full. Try again in about {seconds} s; the result below stays.",
    "rate_limit": "That is {count} runs in a minute. The next one is free in {seconds} s.",
    "stopped": "The run was stopped before it finished.",
    "no_model": "There is no model to run: {reason}",
    "no_model_help": "Put a checkpoint folder there, start with --checkpoint FOLDER, or train one: "
    "{command}",
    "unexpected": "Something broke on our side (code {code}). Your question is still here; try again.",
}

_ZH: dict[str, str] = {
    "title": "说出来想，还是心里想？",
    "subtitle": "同一个小型语言模型把同一道题答两遍：一遍写出步骤，一遍只在心里想。",
    "language": "语言",
    "question_label": "一道英文应用题：模型只懂英文",
    "question_placeholder": "输入一道简短的英文应用题，或点选下面的例子。",
    "counter": "{count} / {limit}",
    "race": "开赛",
    "stop": "停止",
    "keys": "Ctrl+Enter 开始，Esc 停止",
    "examples": "例子，由易到难",
    "lanes": "两个答案",
    "aloud": "说出来",
    "aloud_what": "写出步骤",
    "silent": "心里想",
    "silent_what": "用 {count} 个向量思考",
    "seconds": "{value} 秒",
    "passes": "{count} 个模型步",
    "waiting": "等待中",
    "thought_n": "第 {n} 个念头",
    "phase_reading": "读题",
    "phase_writing": "书写",
    "phase_thinking": "思考",
    "phase_answering": "作答",
    "phases_alt": "用时：读题 {reading} 秒，{middle} {thinking} 秒，作答 {answering} 秒",
    "right": "正确",
    "wrong": "错误",
    "cut_off": "被截断：它没有自己结束。",
    "device": "两边各自单独运行，{when}。{machine}，{dtype}，贪心解码，模型 {model}。",
    "when_start": "在页面启动时录制",
    "when_live": "刚刚完成",
    "status_empty": "点「开赛」运行一道题。",
    "status_recorded": "这是录制的结果，点「开赛」现场运行。",
    "status_queued": "前面还有 {ahead} 人，轮到时会自动开始。",
    "status_silent": "「心里想」正在思考…",
    "status_silent_answer": "「心里想」正在作答…",
    "status_aloud": "「说出来」正在写第 {n} 步…",
    "status_aloud_answer": "「说出来」正在作答…",
    "status_inside": "正在查看内部（不计时）…",
    "status_done": "已完成。",
    "status_stopped": "已停止，已完成的部分保留。",
    "status_timeout": "{seconds} 秒后停止：回答太长了。",
    "both_right": "两边都答 {answer}，答对了。",
    "only_silent": "「心里想」答对了：{silent}。「说出来」答的是 {aloud}。",
    "only_aloud": "「说出来」答对了：{aloud}。「心里想」答的是 {silent}。",
    "both_wrong": "两边都错了：「说出来」答 {aloud}，「心里想」答 {silent}，正确答案是 {gold}。",
    "agree": "两边都答 {answer}。一致不等于正确。",
    "disagree": "两边不一致：「说出来」答 {aloud}，「心里想」答 {silent}。",
    "nothing": "没有数字",
    "faster": "「心里想」用了 {silent} 个模型步，「说出来」用了 {aloud} 个；这一次「说出来」用时是「心里想」的 {ratio} 倍。",
    "slower": "「心里想」用了 {silent} 个模型步，「说出来」用了 {aloud} 个；这一次「心里想」用时是「说出来」的 {ratio} 倍。",
    "no_number_aloud": "「说出来」结束了但没有给出数字，算错。",
    "no_number_silent": "「心里想」结束了但没有给出数字，算错。",
    "inside_differs": "查看内部时答 {inside}，计时时答 {timed}；时间和答案以计时结果为准，词和注意力可能与之不符。",
    "tab_thoughts": "念头",
    "thoughts_head": "与每个念头最接近的词",
    "thoughts_lead": "念头是一个向量。用输出层去读它，最接近的是这些词元。「bot」是第一个念头之前的状态。",
    "thoughts_none": "「心里想」运行时，念头会显示在这里。",
    "unreadable": "读不成词：这很正常",
    "looked_at": "看得最多的词",
    "equals_step": "说出来：{step}",
    "class_number": "数字",
    "class_operator": "符号",
    "class_word": "词",
    "class_other": "其他",
    "probability": "{value}%",
    "tab_attention": "看向哪里",
    "attention_head": "「心里想」看向哪里",
    "attention_lead": "每一行是一个状态。颜色表示它把多少注意力给了这一列的词或更早的念头。",
    "attention_none": "运行之后，图会显示在这里。",
    "attention_layer": "层",
    "attention_head_choice": "注意力头",
    "attention_mean": "全部平均",
    "attention_sink": "显示第一个词元",
    "attention_sink_note": "第一个词元「{token}」占了全部注意力的 {share}%，多半因为用不上的注意力总要有去处。"
    "这里{state}。",
    "sink_hidden": "已隐藏",
    "sink_shown": "已显示",
    "attention_formula": "图中是：{what}。同一个词的各个片段相加；算上第一个词元，每行合计 100%。",
    "formula_mean": "A(行, 列) = softmax(q·k / √d) 在 {layers} 层、{heads} 个头上的平均",
    "formula_layer": "A(行, 列) = softmax(q·k / √d) 在第 {layer} 层 {heads} 个头上的平均",
    "formula_head": "A(行, 列) = 第 {head} 个头的 softmax(q·k / √d) 在 {layers} 层上的平均",
    "formula_one": "A(行, 列) = 第 {layer} 层第 {head} 个头的 softmax(q·k / √d)",
    "attention_hover": "{row} 把 {value}% 的注意力给了 {column}",
    "attention_x": "被看的：题目中的词，然后是更早的状态",
    "attention_y": "谁在看",
    "attention_scale": "注意力",
    "attention_table": "同样的内容，表格形式",
    "attention_caption": "注意力（百分比）",
    "answer_row": "答案 {token}",
    "cue_column": "答案提示语",
    "about": "关于本页：它展示了什么，没有展示什么",
    "about_1": "「说出来」和「心里想」是同一组权重。「说出来」（教师）先写出计算再给答案。「心里想」（学生）把自己的"
    "状态当作下一个输入送回去 {count} 次，什么都不写，然后作答。方法是 CODI（arXiv 2502.21074）：训练让心里想的"
    "方式到达说出来的方式给出答案时的状态。",
    "about_2": "怎样读念头：把它送进输出层，列出最接近的词元。这样只能叫出单个词元，所以一个计划、算到一半的和、"
    "一个很长的数在那里没有名字。许多念头读不出来，与写出的步骤相同的数字也可能只是巧合。",
    "about_3": "注意力只说明信息可能从哪里来，不说明答案为什么是这样。",
    "about_4": "时钟只计前向计算，两边先后单独运行，先「心里想」，机器写在两栏下方。词和注意力来自第二次不计时的运行，"
    "它必须给出同样的答案；若不同，会有一条说明。",
    "about_5": "当前模型是 {model}，训练目标：{objective}。它有 {count} 个念头、{layers} 层、{heads} 个头。"
    "如果训练目标里有对念头的监督，念头就是被教会说出步骤结果的，在那里读到它们并不是发现。模型很小，会出错，"
    "除了算术应用题什么也不懂。",
    "about_6": "题目只在内存中处理，不保存，也不写入日志。",
    "numbers_whole": "对这个模型来说，0 到 999 的数都是一个词元，所以一个念头能叫出它；更长的数按三位一组拆开。",
    "numbers_split": "这个模型把一些数写成几个词元，所以一个念头只能叫出其中一部分。",
    "bad_type": "这不是文字。请把题目作为一行文字发送。",
    "empty": "输入一道简短的英文应用题，或点选一个例子。",
    "too_long": "已写 {count} / {limit} 字符，请删去 {over}。",
    "too_many_tokens": "对模型来说太长：{count} / {limit} 个词元，请缩短一点。",
    "no_number": "没有找到数字。这个模型只会做算术应用题，请写上数字。",
    "not_english": "模型只懂英文，请试试这道题的英文版。",
    "markup": "这看起来像 HTML 或代码。请用普通文字写题目。",
    "hidden_characters": "文字里有看不见的控制字符。请用普通文字重新输入。",
    "huge_number": "有一个数超过 {limit} 位。请用小一点的数。",
    "bad_latents": "num_latents 必须是 0 到 {limit} 的整数，或者不填。",
    "bad_seed": "seed 必须是 0 到 {limit} 的整数。",
    "busy": "现在人太多，约 {seconds} 秒后再试；下面的结果会保留。",
    "rate_limit": "一分钟内已运行 {count} 次，{seconds} 秒后可继续。",
    "stopped": "运行在结束前被停止了。",
    "no_model": "没有可运行的模型：{reason}",
    "no_model_help": "请把检查点文件夹放到那里，或用 --checkpoint FOLDER 启动，或自己训练一个：{command}",
    "unexpected": "我们这边出错了（代码 {code}）。你的题目还在，请再试一次。",
}

WORDS: dict[Lang, dict[str, str]] = {"en": _EN, "zh": _ZH}
