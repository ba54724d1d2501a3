"""A folder of English models in Stanza's own layout, made by Stanza's own trainers in a few seconds.

The models are tiny and have seen nothing but ``SENTENCES``, which they know by heart as far as tokens and
names go; their tags and trees are noise of the right shape.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path

from stanza.models import lemmatizer, mwt_expander, ner_tagger, parser, tagger, tokenizer

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")

TEXT = "Police didn't comment. He left Paris."
SENTENCES = """\
# text = Police didn't comment.
1	Police	police	NOUN	NNS	Number=Plur	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	Mood=Ind	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	comment	comment	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# text = He left Paris.
1	He	he	PRON	PRP	Number=Sing	2	nsubj	_	_
2	left	leave	VERB	VBD	Mood=Ind	0	root	_	_
3	Paris	Paris	PROPN	NNP	Number=Sing	2	obj	_	SpaceAfter=No
4	.	.	PUNCT	.	_	2	punct	_	_

"""

_TOKEN_END, _SENTENCE_END, _MULTIWORD_END = 1, 2, 3  # Stanza's labels of characters


def build(folder: Path) -> Path:
    """Train the models into ``folder/en`` and list them in ``folder/resources.json``."""
    work = folder / "training"
    work.mkdir(parents=True)
    (work / "text.txt").write_text(TEXT + "\n\n")
    (work / "labels.txt").write_text(_labels() + "\n\n")
    (work / "trees.conllu").write_text(SENTENCES)
    (work / "contractions.json").write_text(json.dumps([[["didn't", ["did", "n't"]], 1]]))
    names = [[(form, "S-GPE" if form == "Paris" else "O") for form in sentence] for sentence in _tokens()]
    (work / "names.json").write_text(json.dumps([[{"text": w, "ner": tag} for w, tag in s] for s in names]))
    log = io.StringIO()
    with contextlib.chdir(work), contextlib.redirect_stdout(log):
        _train(folder / "en")
    files = {name: {"tiny": {"md5": "", "dependencies": []}} for name in PROCESSORS}
    packages = {"packages": {"default": dict.fromkeys(PROCESSORS, "tiny")}}
    (folder / "resources.json").write_text(json.dumps({"en": {"lang_name": "English", **files, **packages}}))
    return folder


def _train(models: Path) -> None:
    def saved(processor: str) -> list[str]:
        (models / processor).mkdir(parents=True)
        return ["--cpu", "--shorthand", "en_tiny", "--save_dir", str(models / processor), "--save_name", "tiny.pt"]

    trees = _options(train_file="trees.conllu", eval_file="trees.conllu")
    english = _options(lang="en")
    size = {"hidden_dim": 8, "char_hidden_dim": 8, "word_emb_dim": 8, "char_emb_dim": 8}
    narrow = _options(**size, transformed_dim=8, tag_emb_dim=8, deep_biaff_hidden_dim=8)
    short = [*_options(max_steps=20, eval_interval=20, batch_size=10), "--no_pretrain"]
    tokenizer.main(
        [
            *_options(txt_file="text.txt", label_file="labels.txt"),
            *_options(dev_txt_file="text.txt", dev_label_file="labels.txt"),
            *_options(dev_conll_gold="trees.conllu", mwt_json_file="contractions.json"),
            *_options(steps=100, eval_steps=50, lr0=0.02, hidden_dim=16, emb_dim=8, sent_drop_prob=0),
            *_options(dropout=0, unit_dropout=0, feat_unit_dropout=0, last_char_drop_prob=0),
            "--use_mwt", *english, *saved("tokenize"),
        ]
    )  # fmt: skip
    expander = _options(gold_file="trees.conllu", output_file=os.devnull)
    mwt_expander.main([*trees, *expander, "--dict_only", *english, *saved("mwt")])
    tagger.main([*trees, *short, *narrow, *_options(composite_deep_biaff_hidden_dim=8), *english, *saved("pos")])
    lemmatizer.main([*trees, "--dict_only", "--num_epoch", "1", *saved("lemma")])
    parser.main([*trees, *short, *narrow, *_options(deep_biaff_output_dim=8), *english, *saved("depparse")])
    names = _options(train_file="names.json", eval_file="names.json", max_steps=60, eval_interval=30, batch_size=2)
    learning = _options(dropout=0, word_dropout=0, lr=0.5)
    ner_tagger.main([*names, *learning, *_options(**size), "--no_pretrain", *saved("ner")])


def _options(**values: object) -> list[str]:
    return [argument for name, value in values.items() for argument in (f"--{name}", str(value))]


def _tokens() -> list[list[str]]:
    return [["Police", "didn't", "comment", "."], ["He", "left", "Paris", "."]]


def _labels() -> str:
    labels = [0] * len(TEXT)
    at = 0
    for sentence in _tokens():
        for form in sentence:
            at = TEXT.index(form, at) + len(form)
            labels[at - 1] = _MULTIWORD_END if form == "didn't" else _SENTENCE_END if form == "." else _TOKEN_END
    return "".join(map(str, labels))
