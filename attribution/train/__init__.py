"""How the newsroom model is made: tables and weights from treebanks and attribution corpora."""
