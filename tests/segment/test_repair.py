"""Repairs: agreement, case and the passive decide where the network did not."""

from __future__ import annotations

from trees import tree

from beleg.segment.repair import repair


def relations(lines: str) -> dict[str, str]:
    return {t.text: t.deprel for t in repair(tree(lines), "de")}


def test_the_subject_is_the_one_that_agrees_with_the_finite_verb() -> None:
    found = relations("""
        Zelte     Zelt    NOUN NN    Number=Plur                             4 nsubj
        hat       haben   AUX  VAFIN Mood=Ind|Number=Sing|VerbForm=Fin       4 aux
        Werft     Werft   NOUN NN    Number=Sing                             4 obj
        geliefert liefern VERB VVPP  VerbForm=Part                           0 root
    """)
    assert (found["Zelte"], found["Werft"]) == ("obj", "nsubj")


def test_a_masculine_accusative_is_never_made_the_subject() -> None:
    found = relations("""
        Eine    ein     DET  ART   Case=Nom|Number=Sing                    2 det
        Reihe   Reihe   NOUN NN    Number=Plur                             3 nsubj
        sah     sehen   VERB VVFIN Mood=Ind|Number=Sing|VerbForm=Fin       0 root
        den     der     DET  ART   Case=Acc|Gender=Masc|Number=Sing        5 det
        Hafen   Hafen   NOUN NN    Case=Acc|Gender=Masc|Number=Sing        3 obj
    """)
    assert (found["Reihe"], found["Hafen"]) == ("nsubj", "obj")


def test_of_two_objects_the_dative_is_the_indirect_one() -> None:
    found = relations("""
        Sie    sie    PRON PPER  Number=Plur                            2 nsubj
        gaben  geben  VERB VVFIN Mood=Ind|Number=Plur|VerbForm=Fin      0 root
        dem    der    DET  ART   Case=Dat|Number=Sing                   4 det
        Lager  Lager  NOUN NN    Case=Dat|Number=Sing                   2 obj
        Zelte  Zelt   NOUN NN    Case=Acc|Number=Plur                   2 obj
    """)
    assert (found["Lager"], found["Zelte"]) == ("iobj", "obj")


def test_a_passive_without_a_subject_takes_its_object_for_one() -> None:
    found = relations("""
        Zelte     Zelt    NOUN NN    Case=Nom|Number=Plur                    3 obj
        wurden    werden  AUX  VAFIN Mood=Ind|Number=Plur|VerbForm=Fin       3 aux:pass
        geliefert liefern VERB VVPP  VerbForm=Part                           0 root
    """)
    assert found["Zelte"] == "nsubj:pass"


def test_a_bare_noun_of_time_is_no_object() -> None:
    found = relations("""
        Vergangene vergangen ADJ  ADJA  Case=Acc                             2 amod
        Woche      Woche     NOUN NN    Case=Acc|Number=Sing                 3 obj
        kam        kommen    VERB VVFIN Mood=Ind|Number=Sing|VerbForm=Fin    0 root
        Post       Post      NOUN NN    Case=Nom|Number=Sing                 3 nsubj
    """)
    assert (found["Woche"], found["Post"]) == ("obl", "nsubj")


def test_what_the_rules_cannot_decide_stays() -> None:
    lines = """
        Norwegen Norwegen PROPN NE    Number=Sing                             2 nsubj
        lobt     loben    VERB  VVFIN Mood=Ind|Number=Sing|VerbForm=Fin       0 root
        Island   Island   PROPN NE    Number=Sing                             2 obj
    """
    assert repair(tree(lines), "de") == tree(lines)


def test_of_two_datives_the_bare_name_is_the_subject() -> None:
    found = relations("""
        Zelte     Zelt    NOUN  NN    Number=Plur                             5 nsubj
        hat       haben   AUX   VAFIN Mood=Ind|Number=Sing|VerbForm=Fin       5 aux
        Kenia     Kenia   PROPN NE    Case=Dat|Number=Sing                    5 iobj
        Oman      Oman    PROPN NE    Case=Dat|Number=Sing                    5 iobj
        geliefert liefern VERB  VVPP  VerbForm=Part                           0 root
    """)
    assert (found["Zelte"], found["Kenia"], found["Oman"]) == ("nsubj", "iobj", "iobj")  # which of them, nothing tells
    found = relations("""
        Zelte     Zelt    NOUN  NN    Number=Plur                             6 nsubj
        hat       haben   AUX   VAFIN Mood=Ind|Number=Sing|VerbForm=Fin       6 aux
        Kenia     Kenia   PROPN NE    Case=Dat|Number=Sing                    6 iobj
        dem       der     DET   ART   Case=Dat|Number=Sing                    5 det
        Oman      Oman    PROPN NE    Case=Dat|Number=Sing                    6 iobj
        geliefert liefern VERB  VVPP  VerbForm=Part                           0 root
    """)
    assert (found["Zelte"], found["Kenia"], found["Oman"]) == ("obj", "nsubj", "iobj")


def test_a_bare_dative_stays_beside_a_subject_that_agrees() -> None:
    found = relations("""
        Hafen   Hafen  NOUN  NN    Case=Nom|Number=Sing                     2 nsubj
        gab     geben  VERB  VVFIN Mood=Ind|Number=Sing|VerbForm=Fin        0 root
        Kenia   Kenia  PROPN NE    Case=Dat|Number=Sing                     2 iobj
        dem     der    DET   ART   Case=Dat|Number=Sing                     5 det
        Oman    Oman   PROPN NE    Case=Dat|Number=Sing                     2 iobj
    """)
    assert (found["Hafen"], found["Kenia"]) == ("nsubj", "iobj")


def test_a_bare_dative_stays_where_no_finite_verb_asks_for_a_subject() -> None:
    found = relations("""
        dem       der     DET   ART   Case=Dat|Number=Sing                    2 det
        Partner   Partner NOUN  NN    Case=Dat|Number=Sing                    4 iobj
        Kenia     Kenia   PROPN NE    Case=Dat|Number=Sing                    4 iobj
        gelieferten liefern VERB VVPP VerbForm=Part                           5 acl
        Zelte     Zelt    NOUN  NN    Number=Plur                             0 root
    """)
    assert found["Kenia"] == "iobj"
