"""From the words that name a speaker to the chain of sources: the outlet the reader holds first, the origin last."""

from __future__ import annotations

from beleg.claim.coref import Memory, pointing, pronoun, subject_matter
from beleg.claim.drafts import Draft
from beleg.claim.speech_table import tables
from beleg.claim.stance_table import bearers
from beleg.claim.words import Range, Words
from beleg.find.actor_tables import actor_tables
from beleg.find.actors import find_actors
from beleg.find.item_tables import item_kinds
from beleg.model import ActorMention, Mentions, Source, SourceKind, Span

Chain = tuple[Source, ...]

KINDS: dict[str, SourceKind] = {
    "state": "government", "government": "government", "military": "military", "intelligence": "intelligence",
    "think_tank": "think_tank", "academic": "academic", "media": "media", "agency": "media", "company": "company",
    "ngo": "ngo", "international_org": "international_org", "person": "person", "anonymous": "anonymous",
    "group": "military", "role": "government",
}  # fmt: skip
PEOPLE = frozenset({"person", "government", "military", "academic", "think_tank"})  # kinds that persons have
MAX_BACK = 80  # words within which "beide Seiten" finds whom it means
TELLING = frozenset({"say", "write", "estimate", "find", "count", "announce"})  # acts that leave words to point at
OUTLETS = frozenset({"media", "agency"})
UNNAMED = "anonymous source"  # English name of whoever is only pointed at


class Resolver:
    """Turns word ranges into sources; keeps the article's speakers in mind for pronouns and surnames."""

    def __init__(self, w: Words, mentions: Mentions, language: str) -> None:
        self.w = w
        self.actors = sorted(mentions.actors, key=lambda m: m.span)
        self.memory = Memory()
        self.resolved: dict[int, tuple[Chain, ...]] = {}  # by draft
        self.before: list[tuple[Chain, ...]] = []  # who had the word, the latest last
        self.language = language
        self.statements = tuple(sorted({n for r in tables(language).before.values() for n in r.nouns}))
        self.unnamed = {f for f, r in bearers(language).items() if r.kind == "anonymous"}
        self.papers = w.closed.papers
        kinds = item_kinds()
        self.mute = [m.span for m in mentions.times]  # what never speaks: times, and things of war
        self.mute += [m.span for m in mentions.items if m.kind in kinds and kinds[m.kind].group == "arms"]
        self.capitals = actor_tables(language).capitals
        self.things = {f for f, r in bearers(language).items() if r.kind == "thing"}

    def chains(self, d: Draft) -> tuple[Chain, ...]:
        """Return one chain per parallel speaker, each from the outlet to the origin, without its parent's links."""
        if d.carries is not None and (carried := self.resolved.get(id(d.carries))) is not None:
            return carried
        if d.speaker and self._refers(d.speaker[0]):
            found = self._taken_up(d.speaker[0])
            self.resolved[id(d)] = found
            return found
        outlets = self._outlets(d)
        found = tuple(dict.fromkeys(self._named(d, outlets)))
        named = {o.name for o in outlets}
        self.resolved[id(d)] = tuple(  # what goes on is the speaker's; an unnamed one needs the outlet
            c if c[-1].kind == "anonymous" else tuple(s for s in c if s.name not in named) or c for c in found
        )
        if found and (d.type != "Reported" or d.kind in TELLING):
            self.before.append(found)
        return found

    def _taken_up(self, r: Range) -> tuple[Chain, ...]:
        """Return whose report it is: the last body's for a paper, the last speaker's for words."""
        paper = self.w.low[r[1] - 1] in self.papers
        bodies = (c for c in reversed(self.before) if any(s.actor is not None and s.kind != "person" for s in c[0]))
        return next(bodies, self.before[-1]) if paper else self.before[-1]

    def _named(self, d: Draft, outlets: tuple[Source, ...]) -> tuple[Chain, ...]:
        tail = self._relayed(d)
        found: list[Chain] = []
        for r in map(self._antecedent, d.source or d.speaker):
            if d.antecedent and pronoun(self.w, r) and d.antecedent[0] > self.memory.latest(self.w, self.w.low[r[0]]):
                self.source(d.antecedent)
            for part in (pointing(self.w, p) for p in self._parallel(self._core(r))):
                if self._thing(part) or self.w.low[part[0]] in self.w.closed.nobody | self.w.closed.it:
                    continue  # images and papers bear witness; nobody speaks
                if subject_matter(self.w, part, d.cue, self.mute):
                    continue
                if relayed := self._insider(part):
                    found.append(relayed)  # "eine anonyme Quelle von Daily NK"
                    continue
                source = self.source(part)
                head = tuple(o for o in outlets if o.name != source.name)
                found.append((*head, source, *(t for t in tail if t.name != source.name)))
        if d.kind == "learn" and d.speaker:  # "erfuhr die dpa aus dem Ministerium"
            found = [(*chain, *tail) for chain in found]
        if not found and outlets:
            found.append(outlets)
        return tuple(found)

    def _antecedent(self, r: Range) -> Range:
        """Return the phrase that a relative pronoun takes up: "Die Firma, die mitteilte, …"."""
        w = self.w
        if r[1] - r[0] != 1 or w.tag[r[0]] != "r" or r[0] < 2 or w.word[r[0] - 1] != ",":
            return r
        a = b = r[0] - 1
        while a > 0 and (w.tag[a - 1] in "DANE" or w.low[a - 1] in w.closed.of or w.tag[a - 1] == "q"):
            a -= 1
            if w.tag[a] == "D" and w.low[a] not in w.closed.genitive:
                break
        return (a, b) if b > a else r

    def _refers(self, r: Range) -> bool:
        """Tell whether a phrase only takes up what was said before: "den Angaben", "seinen Worten"."""
        w = self.w
        a, b = r
        words = [i for i in range(a, b) if w.tag[i] != "A"]
        inside = len(words) > 2 and w.tag[a + 1] == "p"  # "dem am Freitag veröffentlichten Papier"
        head = w.low[words[-1]] if words else ""
        return bool(
            self.before
            and (len(words) == 2 or inside)
            and (w.low[words[0]] in w.closed.taking_up or w.low[words[0]] in w.closed.possessive)
            and ((head.endswith(self.statements) and head not in self.things) or head in self.papers)
            and not any(w.actor[i] for i in words)
        )

    def source(self, r: Range) -> Source:
        """Resolve one speaker."""
        w = self.w
        span = w.span(r)
        raw = w.text[span.start : span.end]
        mention = self._mention(span)
        earlier = self.memory.find(w, r, mention)
        if earlier is None and mention is None and r[1] - r[0] == 1 and w.low[r[0]] in (w.closed.he | w.closed.she):
            earlier = self._person_before(span)
        elif earlier is None and mention is None and r[1] - r[0] == 1 and w.tag[r[0]] == "D":
            earlier = self._person_before(span)  # "Der antwortete, …"
        if earlier is not None and (mention is None or mention.actor is None):
            return Source(raw, earlier.name, earlier.kind, earlier.country, span, earlier.actor)
        state = self.capitals.get(raw) or self.capitals.get(raw.removesuffix("s"))
        if mention is None and state is not None:  # "hieß es in Ankara": the place speaks for its government
            source = Source(raw, state.name, KINDS.get(state.kind, "government"), state.country, span, state.id)
        elif mention is not None:
            source = Source(raw, mention.name, KINDS.get(mention.kind, "person"), mention.country, span, mention.actor)
        else:
            name = any(w.tag[i] == "E" for i in range(*r))
            nobody_named = all(w.tag[i] in "DR" for i in range(*r))  # "Der andere sagte, …"
            source = Source(raw, UNNAMED if nobody_named else bare(w, r), "person" if name else "anonymous", None, span)
        self.memory.add(w, r, source, mention.kind if mention is not None else "")
        return source

    def _person_before(self, at: Span) -> Source | None:
        """Return the person named last, whom a pronoun takes up where nobody spoke yet."""
        for m in reversed(self.actors):
            if m.span.end <= at.start and m.form == "name" and m.kind in PEOPLE and " " in m.name:
                return Source(m.text, m.name, KINDS.get(m.kind, "person"), m.country, m.span, m.actor)
        return None

    def _mention(self, span: Span) -> ActorMention | None:
        """Return the actor that the noun phrase is about: the one that covers its head, else the first in it."""
        inside = [m for m in self.actors if m.span.overlaps(span)]
        named = [m for m in inside if m.form not in ("demonym", "pronoun")] or inside
        if not named:
            return None
        apart = self.w.text.rfind(", ", span.start, span.end)
        for m in named:
            if m.form == "name" and m.span.start == apart + 2 and m.span.end >= span.end:
                return m  # "der Sprecher im Amt, Karl Meier"
        return max(named, key=lambda m: (m.kind != "state", m.form == "name", m.span.end - m.span.start))

    def _core(self, r: Range) -> Range:
        """Strip the statement noun: "Angaben der Polizei" → "der Polizei"; "Medienberichten" stays."""
        w = self.w
        a, b = r
        i = a
        while i < b and w.tag[i] in "DAb":
            i += 1
        statement = i < b and (w.low[i].endswith(self.statements) or w.low[i] in self.things)
        if i + 1 < b and w.tag[i] == "N" and statement and i - a <= 3:
            j = i + 1
            if w.low[j] in w.closed.from_whom:
                j += 1
            elif w.tag[j] not in "DE" and not (w.tag[j] == "A" and j + 1 < b and w.tag[j + 1] == "N"):
                return r
            if j < b and not any(t.overlaps(w.span((j, b))) for t in self.mute):  # "einem Bericht vom Sommer"
                return j, b
        return r

    def _insider(self, r: Range) -> Chain | None:
        """Return the outlet and the unnamed source whom it cites, where the phrase names both."""
        w = self.w
        for i in range(r[0], min(r[1], r[0] + 4)):
            if w.low[i] not in self.unnamed or i + 2 >= r[1] or w.low[i + 1] not in w.closed.from_whom:
                continue
            rest = w.span((i + 2, r[1]))
            for m in find_actors(w.text[rest.start : rest.end], (), self.language)[0]:
                if m.kind in OUTLETS:
                    at = Span(rest.start + m.span.start, rest.start + m.span.end)
                    outlet = Source(m.text, m.name, "media", m.country, at, m.actor)
                    span = w.span((r[0], i + 1))
                    return outlet, Source(w.raw((r[0], i + 1)), UNNAMED, "anonymous", None, span)
        return None

    def _thing(self, r: Range) -> bool:
        """Tell whether the phrase names a thing that shows, not somebody who says."""
        w = self.w
        nouns = [i for i in range(*r) if w.tag[i] in "NE"]
        return bool(nouns) and w.low[nouns[0]] in self.things and not any(w.actor[i] for i in nouns)

    def _parallel(self, r: Range) -> list[Range]:
        """Split joint speakers: "die USA und Südkorea", "sowohl Moskau als auch Kiew", "weder Russland noch …"."""
        w = self.w
        if pair := self._both(r):
            return pair
        for i in range(r[0] + 1, r[1] - 1):
            if w.low[i] not in w.closed.joining:
                continue
            a = r[0] + 1 if w.low[r[0]] in w.closed.opening else r[0]
            b = i + 2 if w.low[i + 1] in w.closed.also else i + 1
            left, right = self._mention(w.span((a, i))) if i > a else None, self._mention(w.span((b, r[1])))
            if left and right and left.span != right.span and _whole(left, w.span((a, i))):
                return [(a, i), *self._parallel((b, r[1]))]
        return [r]

    def _both(self, r: Range) -> list[Range]:
        """Return the two states named last, whom "beide Seiten" takes up; empty where it says something else."""
        w = self.w
        words = range(*r)
        if not (w.low[r[1] - 1] in w.closed.sides and any(w.low[i] in w.closed.both for i in words)):
            return []
        if any(w.actor[i] for i in words):
            return []
        found: dict[str, Range] = {}
        for i in range(r[0] - 1, max(-1, r[0] - MAX_BACK), -1):
            where = w.tag[i - 1] == "p" or (w.tag[i - 1] == "D" and w.tag[i - 2] == "p")  # "in der Ukraine"
            if w.actor[i] == "state" and w.tag[i] == "E" and not where:
                at = w.span((i, i + 1))
                m = self._mention(at)
                if m is not None and m.form != "demonym":
                    found.setdefault(m.name, (i, i + 1))
        return sorted(list(found.values())[:2]) if len(found) > 1 else []

    def _outlets(self, d: Draft) -> tuple[Source, ...]:
        """Return the media that carried the words: "gegenüber CNN", "im Interview mit der Deutschen Welle"."""
        w = self.w
        spoken = [w.span(r) for r in d.speaker]
        out = []
        pieces = [w.span(p) for p in d.pieces]
        for r in [*d.addressee, *([d.reach] if d.reach else d.frame)]:
            if r[1] <= r[0]:
                continue
            span = w.span(r)
            for m in self.actors:
                if (
                    m.kind in OUTLETS
                    and m.form == "name"
                    and m.span.overlaps(span)
                    and not any(s.overlaps(m.span) for s in spoken)
                ):
                    if self._linked(m.span, span) or any(p.contains(m.span) for p in pieces):
                        continue
                    out.append(Source(m.text, m.name, "media", m.country, m.span, m.actor))
        return tuple(dict.fromkeys(out))

    def _relayed(self, d: Draft) -> tuple[Source, ...]:
        """Return on whose information the speaker speaks: "Reuters unter Berufung auf die Polizei"."""
        if d.kind == "learn":
            return tuple(self.source(self._core(r)) for r in d.setting)
        inner = (self.source(self._core(r)) for r in d.inner)
        return (*(self.source(self._core(r)) for r in d.onward), *(s for s in inner if independent(s)))

    def _linked(self, m: Span, frame: Span) -> bool:
        at = self.w.text[frame.start : m.start].rsplit(" ", 3)
        return any(x.lower() in self.w.closed.citing for x in at)


def independent(s: Source) -> bool:
    """Tell whether a source is more than the house for which an official speaks."""
    return s.kind not in ("government", "military")


def _whole(m: ActorMention, span: Span) -> bool:
    """Tell whether a mention is what the phrase ends with, not an adjective in it."""
    return m.form != "demonym" and m.span.end >= span.end - 1


def bare(w: Words, r: Range) -> str:
    """Return the words of a noun phrase without its article."""
    a = r[0]
    if a + 1 < r[1] and w.tag[a] == "D":
        a += 1
    words = w.text[w.start[a] : w.end[r[1] - 1]]
    return words.strip("„“”\"«»‚‘'")
