"""Who speaks: the noun phrase that is the subject of a verb of saying, and whom it is said to."""

from __future__ import annotations

from beleg.claim.cues import Hit
from beleg.claim.phrases import Field, noun_phrase, trim
from beleg.claim.words import Range, Words

MAX_QUOTED = 8  # words of a fragment in quotation marks that can be a name
OUTLETS = frozenset({"media", "agency"})
SPEAKERS = frozenset({"person", "government", "military", "intelligence", "company", "state"})  # who talks to them


def clause_start(w: Words, fields: list[Field], k: int) -> int:
    """Return the field in which the clause of field ``k`` begins: interrupted by appositions and relative clauses."""
    f = fields[k]
    at = k
    if f.kind != "main" or not f.fins:
        return k
    verb_first = f.fins[0] == f.first
    while at > 0:
        p = fields[at - 1]
        if fields[at].before in (":", ";"):
            break
        if p.kind in ("dass", "wh", "zu") and verb_first and at > 2 and fields[at - 2].kind == "rel":
            at -= 2  # "Ein Beamter, der darum bat, nicht genannt zu werden, sagte …"
            continue
        if p.kind in ("main", "dass", "wh", "zu", "sub"):
            break
        quoted = sum(1 for i in range(p.a, p.b) if w.quote[i] >= 0)
        if p.kind == "frag" and quoted and (quoted == p.b - p.a or p.b - p.a > MAX_QUOTED):
            break
        if p.kind == "frag" and w.tag[p.a] == "K" and w.tag[p.b - 1] == "P":
            break  # "…, sondern nur 20 Raketen geliefert, sagte der Sprecher": the end of the clause before
        if p.kind in ("rel", "frag") and (verb_first or at < k or w.tag[f.a] in "PIpzZb"):
            at -= 1
            continue
        break
    if verb_first and 0 < at < k and _belongs_before(w, fields, at, k):
        return k
    return at


def _belongs_before(w: Words, fields: list[Field], at: int, k: int) -> bool:
    """Tell whether fragments go on with a clause before them: "Es gehe um Gold, Silber und Blei, sagte die Firma"."""
    if fields[at - 1].kind == "frag" or fields[at].before != "," or w.tag[fields[at].a] == "K":
        return False
    return bool(_after(w, fields, k, fields[k].fins[0], fields[k].b))


def find_speaker(w: Words, fields: list[Field], hit: Hit) -> tuple[list[Range], list[Range]]:
    """Return the words that name the speaker and those that name the addressee; empty where the text names none."""
    f = fields[hit.field]
    fin = hit.finite
    home = next((k for k in range(len(fields)) if fields[k].a <= fin < fields[k].b), hit.field)
    if hit.passive:
        return _agent(w, fields[home], f), []
    if hit.impersonal:
        return setting(w, fields, home), []
    speaker = subject(w, fields, home, fin)
    speaker = [(a, next((i for i in range(a + 1, b) if w.low[i] in hit.of), b)) for a, b in speaker]
    speaker, told = _told_to(w, speaker)
    if told:
        return speaker, told
    after = speaker[0][1] if speaker and speaker[0][0] > fin else fin + 1
    return speaker, _addressee(w, after, f.b, hit)


def cited(w: Words, fields: list[Field], hit: Hit, speaker: list[Range]) -> list[Range]:
    """Return whose words a speaker cites: "zitierte einen Beamten mit den Worten", "zitiert die Agentur den Oberst"."""
    if not hit.cites or hit.passive or not speaker:
        return []
    end = next((f.b for f in fields if f.a <= hit.finite < f.b), hit.finite + 1)
    j = max(hit.finite + 1, speaker[0][1] if speaker[0][0] > hit.finite else 0)
    stop = noun_phrase(w, j, end) if j < end and w.tag[j] in "DNE" else j
    return [(j, stop)] if stop > j else []


def _told_to(w: Words, speaker: list[Range]) -> tuple[list[Range], list[Range]]:
    """Cut an outlet in the dative off the speaker: "sagte der Minister der Agentur X", "sagte Meier CNN"."""
    for a, b in speaker[:1]:
        for i in range(a + 1, b):
            article = w.low[i] in w.closed.articles
            rest = range(i + article, b)
            outlet = bool(rest) and all(w.actor[x] in OUTLETS for x in rest)
            if outlet and w.actor[i - 1] in SPEAKERS and (article or w.tag[i] == "E"):
                return [(a, i)], [(i, b)]
    return speaker, []


def subject(w: Words, fields: list[Field], home: int, fin: int) -> list[Range]:
    """Return the subject of the finite verb ``fin`` in field ``home``."""
    g = fields[home]
    if g.kind in ("sub", "wh", "rel", "dass"):
        return _verb_last(w, fields, home, fin)
    start = clause_start(w, fields, home)
    a = fields[start].first
    if fin + 1 < g.b and w.low[fin + 1] in w.closed.personal and w.tag[fin + 1] == "R":
        opened = w.low[fin + 1] in w.closed.it and fin > a and _nominative(w, (a, fin))  # "Der Mann hält es für …"
        if not opened:
            object_first = w.low[fin + 1] in w.closed.it  # "so stellen es Fachleute dar"
            later = _after(w, fields, home, fin, g.b) if object_first else []
            return later if later and _speaks(w, later[0]) else [(fin + 1, fin + 2)]
    earlier = [i for i in g.fins if i < fin]
    if earlier and any(w.tag[i] == "K" for i in range(earlier[-1], fin)):  # "nannte … und erklärte"
        later = _after(w, fields, home, fin, min(g.b, fin + 3))  # "kam und forderte Techniker auf": not they
        nominative = bool(later) and w.low[later[0][0]] in w.closed.masculine | w.closed.personal
        return later if nominative else subject(w, fields, home, earlier[0])
    if fin > a and not (start == home and fin == fields[start].first):
        left = trim(w, a, fin)
        if left[1] > left[0] and _nominative(w, left):
            end = noun_phrase(w, left[0], left[1], wide=True)
            if end >= left[1] - 1 or w.tag[left[0]] == "R" or (end > left[0] and start < home):
                fronted = (left[0], _with_name(w, fields, start, home, end))
                later = _after(w, fields, home, fin, g.b) if _either(w, fronted) else []
                if later and _speaks(w, later[0]) and not _speaks(w, fronted):
                    return later  # "Eine Zahl nannte der Minister nicht"
                return [fronted]
    found = _after(w, fields, home, fin, g.b)
    if not found and (w.tag[g.a] == "K" or (home > 0 and fin == g.a and g.before == ",")):
        for k in range(home - 1, -1, -1):  # "…, und gab bekannt", "…, sagte aber"
            told = fields[k].kind == "main" and w.sub[fields[k].fins[0]] and not w.sub[fin]  # not the reporter's clause
            if fields[k].kind == "main" and w.quote[fields[k].fins[0]] < 0 and not told:
                return subject(w, fields, k, fields[k].fins[0])
    return found


def _with_name(w: Words, fields: list[Field], start: int, home: int, end: int) -> int:
    """Return where a subject ends whose name stands apart: "Der Sprecher im Amt, Karl Meier, hatte …"."""
    for f in fields[start + 1 : home]:
        if f.kind == "frag" and all(w.tag[i] == "E" for i in range(f.a, f.b)):
            return f.b
    return end


def _nominative(w: Words, r: Range) -> bool:
    low, tag = w.low[r[0]], w.tag[r[0]]
    if low in w.closed.paired and r[1] - r[0] > 2:
        return True  # "sowohl X als auch Y", "weder X noch Y"
    if low in w.closed.oblique or tag in "pSWz,":
        return False
    if is_time(w, r):
        return False
    if tag == "R" or (r[1] - r[0] == 1 and tag == "D"):
        return low not in w.closed.bare
    return tag in "DANEq"


def _either(w: Words, r: Range) -> bool:
    """Tell whether a phrase can be subject or object by its form."""
    return (w.tag[r[0]] != "R" and w.low[r[0]] in w.closed.either) or w.tag[r[0]] in "AN"  # "Zahlen nannte er nicht"


def _speaks(w: Words, r: Range) -> bool:
    named = any(w.actor[i] or w.tag[i] == "E" for i in range(*r)) or w.low[r[0]] in w.closed.masculine
    return named or (r[1] - r[0] == 1 and w.low[r[0]] in w.closed.personal)


def is_time(w: Words, r: Range) -> bool:
    """Tell whether a noun phrase only says when: "Vergangene Woche erklärte …"."""
    nouns = [i for i in range(*r) if w.tag[i] in "NE" and w.tag[i - 1] != "p"]  # not "die am Dienstag erneuerte Liste"
    return bool(nouns) and w.low[nouns[0]] in w.times


def _after(w: Words, fields: list[Field], home: int, fin: int, limit: int) -> list[Range]:
    j = fin + 1
    while j < limit:
        tag, low = w.tag[j], w.low[j]
        if tag in "DANE" or (tag == "q" and w.quote[j] >= 0):
            reach = fields[min(home + 2, len(fields) - 1)].b
            end = noun_phrase(w, j, reach)
            if end == j:
                if tag in "DA":
                    j += 1
                    continue
                return []
            if low in w.closed.oblique or is_time(
                w, (j, end)
            ):  # dative or accusative goes before: "sagte dem Sender der Minister"
                j = end
                continue
            return [(j, end)]
        if tag == "R":
            if low in w.closed.oblique or low in w.closed.bare or low in w.closed.it:
                j += 1
                continue
            return [(j, j + 1)]
        if tag == "p":
            j = max(noun_phrase(w, j + 1, limit), j + 1)
            continue
        if tag in "xbkv":
            j += 1
            continue
        break
    return []


def _verb_last(w: Words, fields: list[Field], k: int, fin: int) -> list[Range]:
    f = fields[k]
    j = f.first
    if w.tag[j] == "p":
        j += 1
    if f.kind == "rel" and w.tag[f.first] != "p" and w.low[j] not in ("den", "dem", "dessen", "denen", "was"):
        named = any(w.tag[i] == "E" or w.low[i] in w.closed.personal for i in range(j + 1, min(fin, j + 4)))
        if not named:
            return [(j, j + 1)]
    j += 1
    while j < fin:
        tag, low = w.tag[j], w.low[j]
        if tag in "DANEq":
            end = noun_phrase(w, j, fin, wide=True)
            if end == j or low in w.closed.oblique or is_time(w, (j, end)):
                j = max(end, j + 1)
                continue
            return [(j, end)]
        if tag == "R":
            if low in w.closed.oblique or low in w.closed.bare:
                j += 1
                continue
            return [(j, j + 1)]
        if tag == "p":
            j = max(noun_phrase(w, j + 1, fin), j + 1)
            continue
        j += 1
    return []


def _agent(w: Words, *fields: Field) -> list[Range]:
    for f in fields:
        for j in range(f.a, f.b):
            if w.low[j] in w.closed.agent and w.quote[j] < 0:
                end = noun_phrase(w, j + 1, f.b)
                if end > j + 1:
                    return [(j + 1, end)]
    return []


def setting(w: Words, fields: list[Field], home: int) -> list[Range]:
    """Return where it is said: "heißt es in dem Bericht", "hieß es aus dem Ministerium"."""
    f = fields[home]
    for j in range(f.a, f.b):
        if w.tag[j] == "p" and w.low[j] in w.closed.setting and w.quote[j] < 0:
            end = noun_phrase(w, j + 1, f.b, wide=True)
            if end > j + 1:
                return [(j + 1, end)]
    return []


def _addressee(w: Words, a: int, b: int, hit: Hit) -> list[Range]:
    for j in range(a, b):
        if w.quote[j] >= 0:
            break
        if w.low[j] in w.closed.toward:
            end = noun_phrase(w, j + 1, b)
            if end > j + 1:
                return [(j + 1, end)]
        if w.low[j] in w.closed.articles and w.tag[j] == "D" and w.tag[j - 1] != "p":
            end = noun_phrase(w, j, b)
            wants = w.low[j] in w.closed.dative or hit.kind in ("demand", "accuse")
            return [(j, end)] if end > j and wants else []
    return []
