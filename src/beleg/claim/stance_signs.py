"""The signs of how firmly a thing is put, taken in one after the other, from the frame inwards."""

from __future__ import annotations

from collections.abc import Sequence

from beleg.claim.speech_table import tables
from beleg.claim.stance_table import StanceTables, together
from beleg.model import Attribution, Certainty, Clause, Distance, Polarity, Sentence, Span, Stance, Token

WITHIN = ("DET", "ADJ", "NUM")  # words between "statt" and its figure: "statt der zugesagten 40 Panzer"
COUNTED = ("NOUN", "ADJ")  # what "mehr" is said of
OUTCOME_OF = ("nsubj", "nsubj:pass", "obj")  # how the noun stands to the verb that tells what came of it
DONE = frozenset({"demand", "decide"})  # kinds by which a thing lies ahead, but not the asking or deciding of it


class Signs:
    """The standing while its signs are taken in, from the frame inwards."""

    def __init__(self, t: StanceTables, a: Attribution | None) -> None:
        self.t = t
        self.a = a
        self.sourced = a is not None and bool(a.chains)
        self.stance: Stance = "fact"
        self.certainty: Certainty = "CT"
        self.polarity: Polarity = "+"
        self.distance: Distance = "neutral"
        self.denial: str | None = None
        self.cues: list[Span] = []
        self.rules: list[str] = []
        self.past = False  # the clause tells of something over

    def take_kind(self, a: Attribution, framing: Sequence[Token]) -> None:
        """The kind of saying: said, planned, denied; and whether the saying itself is negated."""
        kind = self.t.kinds.get(a.kind or "say", self.t.kinds["say"])
        self.distance, self.certainty, self.polarity = a.distance, a.certainty, a.polarity
        self.stance = kind.stance if a.chains or a.form == "direct" else kind.unsourced
        self.denial = kind.denial or None
        self.cues.extend(a.cues)
        self.rules.append(f"kind:{kind.name}")
        if not any(k.text.lower() in self.t.negations for k in framing):
            return
        if kind.negated == "open" or a.rules[:1] == ("question",):
            self.stance, self.certainty, self.polarity, self.denial = "unconfirmed", "U", "?", "D3"
            self.rules.append("cue-negated")
        elif kind.negated == "reverse":
            self.stance, self.polarity, self.denial = "said", "+", None
            self.rules.append("denial-negated")
        elif kind.negated == "deny":
            self.stance, self.polarity, self.denial = "denied", "-", "D4"
            self.rules.append("plan-negated")  # "hat nicht vor, Panzer zu liefern"

    def take_verb(self, sentence: Sentence, region: Sequence[Token], clause: Clause | None, language: str) -> None:
        """A verb of intention as the claim's own predicate: "sagte 50 Fahrzeuge zu", "erwägt den Kauf"."""
        rows = tables(language)
        words = {k.text.lower() for k in sentence.tokens}
        heads = [sentence.tokens[i] for i in (clause.root, clause.finite) if i is not None] if clause else region
        for k in heads:
            low = k.text.lower()
            if k.text[0].isupper() and k.start > sentence.span.start:
                continue  # a noun of the same letters
            for v in (*rows.finite.get(low, ()), *rows.joined.get(low, ())):
                apart = v.particle and low in v.finite
                if (apart and not self._separated(region, v.particle)) or (v.needs and not words & set(v.needs)):
                    continue
                kind = self.t.kinds[v.kind]
                if kind.stance == "planned" and v.kind not in DONE and not self._compared(sentence, k):
                    self.stance, self.certainty = kind.stance, kind.certainty
                    self.cues.append(Span(k.start, k.end))
                    self.rules.append(f"verb:{v.key}")
                    return

    def _separated(self, region: Sequence[Token], particle: str) -> bool:
        """Tell whether a verb's prefix stands apart in its clause: there is none in "hat … vor der Küste …"."""
        return any(
            k.text.lower() == particle and (k.xpos in ("PTKVZ", "ADV") or (not k.xpos and n + 1 == len(region)))
            for n, k in enumerate(region)
        )

    def _compared(self, sentence: Sentence, k: Token) -> bool:
        """Tell whether the word only compares: "wie geplant", "so schnell wie möglich"."""
        at = sentence.tokens.index(k)
        return at > 0 and sentence.tokens[at - 1].text.lower() in self.t.comparing

    def take_modal(self, sentence: Sentence, region: Sequence[Token], clause: Clause | None) -> None:
        """Quotative "soll", self-claiming "will", plans and the future."""
        finite = [sentence.tokens[clause.finite]] if clause and clause.finite is not None else []
        opening = [k for k in region if clause is None or k.start == clause.span.start]
        for k in (finite or opening) if clause else region:
            for m in self.t.modals.get(k.text.lower(), ()):
                if (m.when == "perfect") != _perfect(self.t, region, k) or (
                    m.when == "plain" and not _infinitive(region, k)
                ):
                    continue
                stance, certainty, distance = m.stance, m.certainty, m.distance
                if m.name in self.t.quotative and self._reported():
                    stance, certainty, distance = "hedged", "U", "hearsay"  # "soll Berichten zufolge Arbeiter schicken"
                if opening[:1] == [k] and k.text.lower() in self.t.supposing:
                    stance, certainty = "hedged", "PS"  # "Sollten sich die Berichte bestätigen, …"
                if self.stance in ("fact", "said") or (self.stance == "hedged" and self.rules == ["kind:rumour"]):
                    self.stance, self.certainty, self.distance = stance, certainty, distance
                    self.cues.append(Span(k.start, k.end))
                    self.rules.append(f"modal:{m.name}")

    def _reported(self) -> bool:
        """Tell whether the source is a report rather than whoever plans the thing."""
        return self.a is not None and any(c[-1].kind in ("media", "anonymous") for c in self.a.chains)

    def take_hedges(self, region: Sequence[Token]) -> None:
        for n, k in enumerate(region):
            hedge = self.t.hedges.get(k.text.lower())
            if hedge is None or self.stance not in ("fact", "said", "hedged", "planned"):
                continue
            if n > 0 and region[n - 1].text.lower() in self.t.comparing:
                continue
            around = [x.text.lower() for x in region[max(0, n - 1) : n + 2]]
            if {" ".join(around[:2]), " ".join(around[-2:])} & self.t.not_hedging:
                continue
            if hedge.stance == "planned" and self.past:
                continue  # "wurde in Kürze geliefert"
            if self.stance != "planned" or hedge.stance == "hedged":
                self.stance, self.certainty = hedge.stance, hedge.certainty
            if self.a is None:
                self.distance = hedge.distance
            self.cues.append(Span(k.start, k.end))
            self.rules.append(f"hedge:{hedge.name}")

    def take_above(self, sentence: Sentence, clause: Clause | None) -> None:
        """A hedge in the clause that governs this one, in the same speaker's words: "Ich denke, …"."""
        words = self.a.pieces if self.a is not None and self.a.quote_type != "Reported" else (sentence.span,)
        while clause is not None and clause.parent is not None and self._governed(clause):
            clause = sentence.clauses[clause.parent]
            inner = [c.span for c in sentence.clauses if c.span != clause.span and clause.span.contains(c.span)]
            own = [
                k for k in sentence.tokens
                if clause.span.start <= k.start < clause.span.end
                and not any(c.start <= k.start < c.end for c in inner)
                and any(p.start <= k.start < p.end for p in words)
            ]  # fmt: skip
            self.take_hedges(own)

    def _governed(self, clause: Clause) -> bool:
        as_if = clause.marker is not None and bool(set(clause.marker.split()) & self.t.comparing)
        return clause.kind == "complement" or (clause.kind == "infinitive" and clause.marker is None) or as_if

    def take_mood(self, clause: Clause | None) -> None:
        """A Konjunktiv II that is nobody's reported speech is a condition or a guess."""
        own = self.a is None or self.a.form == "direct"
        if clause and clause.marker in self.t.conditional and self.stance in ("fact", "said"):
            self.stance, self.certainty = "hedged", "PS"
            self.rules.append("condition")
        if clause and clause.mood == "sub2" and own and self.stance in ("fact", "said"):
            self.stance, self.certainty = "hedged", "PS"
            self.rules.append("condition")

    def take_negation(
        self, sentence: Sentence, region: Sequence[Token], clause: Clause | None, figure: Span | None = None
    ) -> None:
        words = [k.text.lower() for k in region]
        found = [
            k for n, k in enumerate(region)
            if words[n] in self.t.negations
            and not (self._idle(region, words, n) or self._of_phrase(region, words, n))
        ]  # fmt: skip
        own = False  # "keine 20 Haubitzen": the number's own, whatever else the clause says
        if figure is not None:
            found = [k for k in found if not figure.start <= k.start < figure.end]  # "nicht einmal zwanzig": a bound
            # "nicht 50, sondern 20": what stands behind "sondern" is so
            instead = [
                k.start for n, k in enumerate(region)
                if words[n] in self.t.instead and k.start < figure.start
                and words[n - 1] not in self.t.negations  # "nicht aber 20 Panzer"
            ]  # fmt: skip
            found = [k for k in found if not any(k.start < at for at in instead)]
            own = any(
                all(x.text.lower() in self.t.instead for x in region if k.end <= x.start < figure.start)
                for k in found if k.start < figure.start
            ) or self._replaced(region, figure, found)  # fmt: skip
        own = own or any(k.text.lower() in self.t.whole for k in found)
        if not found or (clause is not None and not clause.negated and not own):
            return
        if "denial-negated" in self.rules and self.a is not None and self.a.quote_type == "Reported":
            return  # the negation that was taken in with the word of denying
        if clause is not None and sentence.tokens[clause.root].lemma.lower() in self.t.able:
            return  # "nicht vermocht": what did not come off is no denial
        self.cues.append(Span(found[0].start, found[0].end))
        self.rules.append("negation")
        if self.polarity == "-":  # a denial of a negation
            self.polarity, self.denial = "+", None
            self.stance = "said" if self.sourced else self.stance
        elif self.stance != "unconfirmed":
            self.polarity = "-"
            modal = clause is not None and clause.modal is not None
            if self.stance == "planned" and any(r.startswith("modal:") for r in self.rules):
                self.stance, self.denial = "denied", self.denial or "D4"  # "will nicht liefern"
            elif self.stance in ("said", "hedged", "fact") and not modal:
                self.stance, self.denial = "denied", self.denial or ("D1" if self.sourced else None)

    def _of_phrase(self, region: Sequence[Token], words: Sequence[str], n: int) -> bool:
        """Tell whether a negation only puts a phrase right: "lieferte nicht an Chile, sondern an Bolivien"."""
        instead = next((m for m in range(n + 1, len(words)) if words[m] in self.t.instead), len(words))
        return instead + 1 < len(words) and region[n + 1].upos == region[instead + 1].upos == "ADP"

    def _idle(self, region: Sequence[Token], words: Sequence[str], n: int) -> bool:
        """Tell whether a negation negates no event: "nicht nur", "nicht vor 2025", "so viele wie nie"."""
        after = ["#" if w[:1].isdigit() else w for w in words[n + 1 : n + 4]]
        if {" ".join(after[:length]) for length in (1, 2, 3)} & self.t.only:
            return True
        if self._record(region, words, n):
            return True
        like = max((i for i in range(n) if words[i] in self.t.comparing), default=-1)
        return any(w in self.t.degree for w in words[: max(like, 0)])

    def _record(self, region: Sequence[Token], words: Sequence[str], n: int) -> bool:
        """Tell whether a negation only makes a record: "noch nie so viele", "niemand gab mehr Panzer als Polen"."""
        end = next((m for m in range(n, len(words)) if region[m].upos == "PUNCT"), len(words))
        later = words[n + 1 : end]
        pairs = {" ".join(words[n : n + 2]), " ".join(words[max(0, n - 1) : n + 1])}
        if pairs & self.t.unmatched and any(w in self.t.degree for w in later):
            return True
        more = next((m for m in range(n + 1, end - 1) if words[m] in self.t.surpassing), end)
        counted = more < end and region[more + 1].upos in COUNTED  # not "keine Panzer mehr als Antwort darauf"
        return counted and any(w in self.t.comparing for w in words[more + 2 : end])

    def _replaced(self, region: Sequence[Token], figure: Span, found: list[Token]) -> bool:
        """Tell whether a figure is what did not come: "statt der 40 Panzer", and note the word that says so."""
        before = [k for k in region if k.start < figure.start]
        at = next((k for k in reversed(before) if k.upos not in WITHIN), None)
        if at is None or at.text.lower() not in self.t.in_place_of:
            return False
        found.append(at)
        return True

    def take_outcome(self, sentence: Sentence, clause: Clause | None, at: int) -> None:
        """What came of a thing that a noun names: "die Lieferung ist gescheitert", "verzögert sich"."""
        if clause is None or sentence.tokens[clause.root].start == at or self.stance not in ("fact", "said"):
            return
        if not any(k.start == at and k.head == clause.root and k.deprel in OUTCOME_OF for k in sentence.tokens):
            return  # "trotz der Lieferung scheiterte die Offensive"
        heads = {sentence.tokens[i].text.lower() for i in (clause.root, clause.finite) if i is not None}
        if heads & self.t.failed:
            self.stance, self.polarity, self.denial = "denied", "-", self.denial or "D4"
            self.rules.append("failed")
        elif heads & self.t.delayed:
            self.stance = "planned"
            self.rules.append("delayed")

    def take_denials(self, sentence: Sentence, clause: Clause | None) -> None:
        """Phrases that deny or leave open: "keine Stellungnahme", "sei falsch", "ist unklar"."""
        said = self._said(sentence, clause)
        for d in self.t.denials:
            if (self.stance != "denied" or d.stance != "denied") and any(together(words, d) for words in said):
                self.stance, self.denial = d.stance, d.denial or None
                if d.stance == "denied":
                    self.polarity = "-"
                else:
                    self.certainty, self.polarity = ("U", "?") if d.stance == "unconfirmed" else ("PS", "+")
                self.rules.append(f"denial:{d.name}")
                return

    def _said(self, sentence: Sentence, clause: Clause | None) -> list[list[str]]:
        """Return the words of the frame and those said apart: "Er antwortete, man habe nicht …" is an answer.

        Together where a noun names the words: "Er tat den Vorwurf, geliefert zu haben, als lächerlich ab".
        """
        if self.a is None:
            return [[k.text.lower() for k in sentence.tokens if _about(sentence, clause, k)]]
        a = self.a
        noun = any(k.upos == "NOUN" and any(c.start <= k.start < c.end for c in a.cues) for k in sentence.tokens)
        return [
            [k.text.lower() for k in sentence.tokens if any(p.start <= k.start < p.end for p in spans)]
            for spans in (a.pieces, a.frame, *([(*a.pieces, *a.frame)] if noun else []))
        ]


def _about(sentence: Sentence, clause: Clause | None, k: Token) -> bool:
    """Tell whether a word stands in the main clause to which a clause belongs, not in one beside it."""
    if clause is None:
        return True
    while clause.parent is not None and clause.kind not in ("main", "conjunct", "parenthesis"):
        clause = sentence.clauses[clause.parent]
    beside = [c for c in sentence.clauses if c.kind == "conjunct" and c is not clause and clause.span.contains(c.span)]
    return clause.span.start <= k.start < clause.span.end and not any(
        c.span.start <= k.start < c.span.end for c in beside
    )


def _perfect(t: StanceTables, region: Sequence[Token], modal: Token) -> bool:
    """Tell whether a modal governs "… geliefert haben", "… geliefert worden sein"."""
    after = [k for k in region if k.start > modal.start] or list(region)
    lemmas = [k.lemma.lower() for k in after if k.xpos in ("VAINF", "") and k.text.lower() in t.perfect]
    participle = any(k.xpos.endswith("PP") or (not k.xpos and k.text.lower().endswith(("t", "en"))) for k in region)
    return bool(lemmas) and participle


def _infinitive(region: Sequence[Token], modal: Token) -> bool:
    rest = [k for k in region if k.start != modal.start]
    return any(k.xpos.endswith(("INF", "IZU")) or (not k.xpos and k.text.endswith("en")) for k in rest)
