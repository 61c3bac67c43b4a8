"""Join the hits of one text to mentions: country, role, body and name that belong together.

"Der südkoreanische Verteidigungsminister Shin Won-sik", "ein Beamter des Weißen Hauses", "Meier, Experte am
Institut X".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from beleg.find import unknown_names as unknown
from beleg.find.actor_tables import ActorRow, ActorTables, Naming, PersonRow, RoleRow
from beleg.find.context import Within, capital_acts, compass_acts
from beleg.find.gazetteer import Hit
from beleg.find.role_names import NOUN_AFTER, goes_on, holder_of, kind_of, plural_of
from beleg.model import ActorMention, Span

MentionForm = Literal["name", "demonym", "capital", "metonym", "role", "pronoun"]
NAMED_KINDS = ("media", "agency", "company", "think_tank", "group", "intelligence", "ngo", "international_org")


COMMON_BEFORE = re.compile(r"[a-zäöüß]-$")
AGENCY, MEDIA = "agency", ("media", "person", "agency")
STATE_ORGANS = ("government", "military")
DIRECTION = "direction"  # organ of "der Westen": counts only before what can be of a state
APPOSITION = re.compile(r", (?:[a-zäöüß]+ ){0,4}")


class Found(NamedTuple):
    mention: ActorMention
    role: RoleRow | None  # where it rests on a role noun
    single: bool = True  # the role noun means one


class Joiner:
    """Walks the hits of one text and joins neighbours; holds nothing beyond that text."""

    def __init__(
        self, tables: ActorTables, text: str, plain: str, hits: list[Hit[Naming]], within: Within,
        is_item: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self.tables, self.text, self.plain, self.hits, self.within = tables, text, plain, hits, within
        self.is_item = is_item  # tells whether a word names arms
        self.countries = {
            n.row.country
            for h in hits
            for n in h.values
            if n.form in ("name", "demonym", "person") and not isinstance(n.row, RoleRow)
        }
        self.floor = 0  # end of the last mention

    def found(self) -> Iterator[Found]:
        """Yield what is found in text order."""
        index = 0
        last: Found | None = None
        while index < len(self.hits):
            led = int(self._role(index) is None and self._leads(index))  # 1: this hit is an attribute of the next
            role = self._role(index + led)
            if role is not None:
                one, index = self._around_role(index, index + led)
            elif led and (own := self._organ_of(index, index + led)) is not None:
                one, index = own, index + led + 1
            else:
                one, index = self._alone(index), index + 1
            if one is not None and last is not None and self._explains(one, last):
                last = self._joined(last, one)
            elif one is not None:
                if last is not None:
                    yield last
                last = one
            if one is not None:
                self.floor = one.mention.span.end
        if last is not None:
            yield last

    def _explains(self, one: Found, last: Found) -> bool:
        """Tell whether a role explains the person just before it: "Kyrylo Budanow, Chef des Militärgeheimdienstes"."""
        if one.role is None or one.mention.form != "role" or not one.role.title:
            return False
        is_person = (
            last.mention.form == "name"
            and last.mention.head is not None
            and last.mention.head.end == last.mention.span.end
        )
        gap = self.plain[last.mention.span.end : one.mention.span.start]
        return is_person and last.role is None and APPOSITION.fullmatch(gap) is not None and not self._listed(gap)

    def _listed(self, gap: str) -> bool:
        words = gap[1:].split()
        return any(w in self.tables.small and w not in self.tables.words["article"] for w in words)

    def _joined(self, last: Found, one: Found) -> Found:
        span = Span(last.mention.span.start, one.mention.span.end)
        return Found(replace(last.mention, span=span, text=self.text[span.start : span.end]), one.role)

    # --- looking at a hit ---------------------------------------------------------------------------------------

    def _role(self, index: int) -> Naming | None:
        if index >= len(self.hits):
            return None
        return next((n for n in self.hits[index].values if n.form == "role"), None)

    def _body(self, index: int) -> ActorRow | None:
        """Return the state or body that a hit names; None where it names something else or several."""
        if index >= len(self.hits):
            return None
        rows = [n.row for n in self.hits[index].values]
        row = rows[0]
        return row if len({r.key for r in rows}) == 1 and isinstance(row, ActorRow) else None

    def _gap(self, index: int) -> str:
        return self.plain[self.hits[index].end : self.hits[index + 1].start]

    def _leads(self, index: int) -> bool:
        """Tell whether a hit is an attribute of the next: "südkoreanischer …", "US-…", "Nordkoreas …"."""
        if index + 1 >= len(self.hits) or (body := self._body(index)) is None:
            return False
        gap = self._gap(index)
        if not self.tables.gap_before_role.fullmatch(gap):
            return False
        hit = self.hits[index]
        genitive = body.kind in ("state", "international_org") and self.plain[hit.end - 1] == "s"
        between = gap.lower().split()
        if any(w in self.tables.words["seated"] for w in between):
            return True
        if any(w in self.tables.small for w in between):
            return False
        return gap == "-" or hit.values[0].form == "demonym" or genitive

    # --- joining ------------------------------------------------------------------------------------------------

    def _around_role(self, first: int, index: int) -> tuple[Found | None, int]:
        """Join a role noun with the country before it, the body after it, and the name."""
        naming = self._role(index)
        assert naming is not None and isinstance(naming.row, RoleRow)
        role, hit = naming.row, self.hits[index]
        if first == index and not role.title and COMMON_BEFORE.search(self.plain[max(0, hit.start - 2) : hit.start]):
            return None, index + 1  # "Terrakotta-Armee"
        owner = self._body(first) if first < index else None
        end, following = hit.end, index + 1
        if following < len(self.hits) and self.tables.gap_after_role.fullmatch(self._gap(index)):
            body, inner = self._body(following), self._role(following)
            if body is not None and body.kind == AGENCY and role.kind not in MEDIA:
                pass  # "nannte das Ministerium der Agentur": the one told
            elif self.plain[self.hits[following].end : self.hits[following].end + 1] == "-":
                pass  # "Experte für die nordkoreanisch-russischen Beziehungen"
            elif self.hits[following].values[0].form == "capital" and (role.abroad or not role.organ):
                pass  # "Botschaft in Rom", "Diplomaten in Brüssel": where, not whose
            elif body is not None and not (self._leads(following) and self._role(following + 1) is not None):
                owner = body if owner is None or body.kind != "state" else owner
                adjective = self.hits[following].values[0].form == "demonym"
                end, following = self.hits[following].end, following + 1
                if adjective and (noun := NOUN_AFTER.match(self.plain, end)) is not None:
                    end = noun.end()  # "Chef der polnischen Partei …": the noun is no name
            elif inner is not None or body is not None:
                nested, after = self._around_role(following, following if inner is not None else following + 1)
                if nested is not None and nested.mention.form == "role" and nested.mention.country:
                    owner = owner or self._row_of(nested.mention)
                    end, following = nested.mention.span.end, after
        elif owner is not None and (purpose := self.tables.purpose.match(self.plain, end)):
            end = purpose.end()
        start = self.hits[first].start
        known = self._name_after(role, end, following)
        if known is not None:
            return Found(self._mention_of(known, Span(start, known.end)), role), following + 1
        if role.title:
            name = unknown.name_after(self.plain, end, self.tables.words, self.within, naming.base or owner is not None)
            if name is None:
                name = unknown.name_before(self.plain, start, self.floor, self.tables.words)
            if name is not None:
                span = Span(min(start, name.start), max(end, name.end))
                holder = holder_of(self.tables, role, owner, self.plain[name.start : name.end])
                if holder is not None:
                    text = self.text[span.start : span.end]
                    known_mention = ActorMention(
                        span, text, holder.id, holder.name, holder.kind, holder.country, "name", name
                    )
                    return Found(known_mention, role), following
                while following < len(self.hits) and self.hits[following].start < span.end:
                    following += 1
                country = role.country or (owner.country if owner is not None else None)
                words = re.sub(r"\s+", " ", self.plain[name.start : name.end])
                text = self.text[span.start : span.end]
                return Found(
                    ActorMention(span, text, None, words, kind_of(role, owner), country, "name", name), role
                ), following
        if role.named and (name := unknown.body_after(self.plain, end, self.tables.words)) is not None:
            span = Span(start, name.end)
            country = owner.country if owner is not None else None
            text = self.text[span.start : span.end]
            words = self.plain[name.start : name.end]
            return Found(ActorMention(span, text, None, words, role.kind, country, "name", name), role), following
        mention = self._by_role(Span(start, end), hit, naming, role, owner)
        one = self.single(start, hit, naming)
        return (Found(mention, role, one) if mention is not None else None), following

    def _organ_of(self, first: int, index: int) -> Found | None:
        """Return "österreichische Bundesregierung" as one mention, of the country of the adjective."""
        body, owner = self._body(index), self._body(first)
        if body is None or owner is None or not body.organ or body.kind not in STATE_ORGANS or owner.kind != "state":
            return None
        span = Span(self.hits[first].start, self.hits[index].end)
        head = Span(self.hits[index].start, self.hits[index].end)
        row = self.tables.organs.get((owner.id, body.organ))
        actor = row.id if row is not None else f"{owner.id}/{body.organ}"
        adjective = owner.adjectives_en[0] if owner.adjectives_en else owner.name
        name = row.name if row is not None else f"{adjective} {body.organ.replace('_', ' ')}"
        text = self.text[span.start : span.end]
        return Found(ActorMention(span, text, actor, name, body.kind, owner.id, "name", head), None)

    def _row_of(self, mention: ActorMention) -> ActorRow | None:
        body = self.tables.bodies.get(mention.actor or "")
        return body or self.tables.states.get(mention.country or "")

    def _name_after(self, role: RoleRow, end: int, following: int) -> Hit[Naming] | None:
        """Return the hit that gives the name of whoever holds the role, at once or after a comma."""
        if following >= len(self.hits):
            return None
        hit = self.hits[following]
        gap = self.plain[end : hit.start]
        form, row = hit.values[0].form, hit.values[0].row
        if role.title and form in ("person", "surname") and gap in (" ", ", "):
            return hit
        if isinstance(row, ActorRow) and form == "name" and row.kind in NAMED_KINDS:
            if role.named and gap in (" ", ' "', " „"):
                return hit
            if gap in (", die ", ", der ", ", das ", " (") and row.kind == role.kind:
                return hit
        return None

    def _mention_of(self, hit: Hit[Naming], span: Span) -> ActorMention:
        row = hit.values[0].row
        assert not isinstance(row, RoleRow)
        words = self.text[span.start : span.end]
        return ActorMention(span, words, row.id, row.name, row.kind, row.country, "name", Span(hit.start, hit.end))

    def _by_role(
        self, span: Span, hit: Hit[Naming], naming: Naming, role: RoleRow, owner: ActorRow | None
    ) -> ActorMention | None:
        """Return a mention by role alone: an organ of a country, or somebody without a name."""
        if owner is None and not role.alone and not role.refers:
            return None
        head, words = Span(hit.start, hit.end), self.text[span.start : span.end]
        country = role.country or (owner.country if owner is not None else None)
        adjective = "" if owner is None else (owner.adjectives_en[0] if owner.adjectives_en else owner.name)
        if role.organ and owner is not None and owner.country and owner.kind in ("state", "government"):
            row = self.tables.organs.get((owner.country, role.organ))
            if row is not None:
                return ActorMention(span, words, row.id, row.name, row.kind, row.country, "role", head)
            own = f"{owner.country}/{role.organ}"
            return ActorMention(span, words, own, f"{adjective} {role.en}", role.kind, country, "role", head)
        noun = role.en if self.single(span.start, hit, naming) else plural_of(role.en)
        return ActorMention(
            span, words, None, f"{adjective} {noun}".strip(), kind_of(role, owner), country, "role", head
        )

    def single(self, start: int, hit: Hit[Naming], naming: Naming) -> bool:
        """Tell whether a role noun means one person: by its form where that is clear, else by the words before it."""
        word = self.plain[hit.start : hit.end]
        if naming.base and not word.endswith(self.tables.plural_like):
            return True
        before = self.plain[max(0, start - 50) : start].lower().split()[-3:]
        if any(w in self.tables.words["singular"] for w in before):
            return True
        return naming.base and any(w == "der" for w in before)

    def _behind_state(self, index: int) -> bool:
        """Tell whether a hit follows the name of a state at once: "überließ Russland Iran Panzer" names two."""
        before = self._body(index - 1) if index else None
        return before is not None and before.kind == "state" and self._gap(index - 1) == " "

    def _alone(self, index: int) -> Found | None:
        """Return the mention of a hit that stands by itself."""
        hit = self.hits[index]
        naming = hit.values[0]
        row, span, words = naming.row, Span(hit.start, hit.end), self.text[hit.start : hit.end]
        assert not isinstance(row, RoleRow)
        if len({n.row.key for n in hit.values}) > 1:  # one spelling, several actors: left open
            form: MentionForm = "demonym" if naming.form == "demonym" else "name"
            return Found(ActorMention(span, words, None, words, row.kind, None, form), None)
        if isinstance(row, PersonRow):
            if naming.form == "surname":
                if row.bare == "country" and row.country not in self.countries:
                    return None
                if unknown.is_part_of_longer_name(self.plain, span, self.tables.words["never_in_name"]):
                    return None
            return Found(ActorMention(span, words, row.id, row.name, row.kind, row.country, "name", span), None)
        if goes_on(self.tables, self.plain, hit, row, naming) and not self._behind_state(index):
            return None
        if row.organ == DIRECTION:
            noun = NOUN_AFTER.match(self.plain, hit.end)
            if noun is None or noun[1].lower() not in self.tables.words["direction_nouns"]:
                return None
        named = row.country in self.countries
        if naming.form == "capital" and not capital_acts(
            self.plain, span, self.within, self.tables.words, named, words not in self.tables.capitals, self.is_item
        ):
            return None
        if naming.form == "compass" and not (named and compass_acts(self.plain, span, self.tables.words)):
            return None
        if naming.form in ("demonym", "capital", "metonym"):
            form = naming.form
        elif naming.form == "compass":
            form = "metonym"
        else:
            form = "demonym" if self.plain[hit.end : hit.end + 1] == "-" else "name"
        return Found(ActorMention(span, words, row.id, row.name, row.kind, row.country, form), None)
