"""Variants of a document that keep its labels: as dictated, as typed in haste, and with clauses of other documents."""
import re

from data import GLUED, SPACED, Document, Token

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "x x twenty thirty forty fifty sixty seventy eighty ninety".split()
# Shorthand as a person says it aloud.
SPOKEN = {
    "ct": "client", "pt": "patient", "cl": "client", "hw": "homework", "tx": "treatment", "hx": "history", "dx": "diagnosis",
    "sx": "symptoms", "rx": "meds", "appt": "appointment", "wk": "week", "wks": "weeks", "hrs": "hours", "hr": "hour",
    "min": "minutes", "mins": "minutes", "psychoed": "psychoeducation", "rv": "reviewed", "mo": "months", "sess": "session",
    "obs": "observed", "rpts": "reports", "rpt": "report", "cont": "continue", "prog": "progress", "mtg": "meeting",
    "w": "with", "d": "days", "yo": "year old", "th": "therapist", "fam": "family", "rel": "relationship", "prev": "previous",
    "meds": "medication", "f": "follow", "u": "up", "nxt": "next", "mon": "monday", "tue": "tuesday", "tues": "tuesday",
    "wed": "wednesday", "thu": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday",
    "gma": "grandma", "bf": "boyfriend", "gf": "girlfriend", "r": "regarding", "q": "every", "est": "established", "c": "with",
}
# What a recogniser makes of words it does not know.
MISHEARD = {
    "si": ["si", "s i", "suicidal ideation", "essay", "s. i", "sigh", "suicidal thoughts"],
    "hi": ["hi", "h i", "homicidal ideation", "high", "homicidal thoughts"], "sh": ["s h", "self harm"],
    "sib": ["s i b", "sib", "self injury"], "nssi": ["n s s i", "non suicidal self injury"], "suds": ["suds", "sud s", "sudds"],
    "phq": ["phq", "p h q", "ph q"], "gad": ["gad", "g a d", "gadd"], "emdr": ["emdr", "e m d r"], "dbt": ["dbt", "d b t"],
    "cbt": ["cbt", "c b t"], "erp": ["erp", "e r p", "erb"], "denies": ["denies", "denies", "denise", "denied", "the nice"],
    "denied": ["denied", "denied", "the night", "deny it"], "dv": ["d v", "dv", "domestic violence"], "affect": ["affect", "effect"],
    "ptsd": ["ptsd", "p t s d"], "cssrs": ["c s s r s", "columbia"], "ssrs": ["s s r s"], "aa": ["aa", "a a"], "ot": ["o t"],
    "gp": ["gp", "g p"], "cps": ["cps", "c p s"], "aps": ["a p s", "apps"], "iop": ["i o p", "iop"], "ifs": ["i f s", "ifs"],
    "act": ["act", "a c t"], "mi": ["m i", "my"], "dbts": ["d b ts"], "ssri": ["ssri", "s s r i"], "iep": ["i e p", "iep"],
    "tapping": ["tapping", "taping"], "intent": ["intent", "in tent"], "ideation": ["ideation", "idea shin", "ideations"],
    "means": ["means", "mean's"], "their": ["there", "their"], "there": ["there", "their"], "to": ["to", "to", "too"],
    "fluoxetine": ["fluoxetine", "flu oxetine"], "sertraline": ["sertraline", "sir trolling"], "session": ["session", "section"],
    "grounding": ["grounding", "rounding"], "coping": ["coping", "copying"], "euthymic": ["euthymic", "you thymic"],
    "tearful": ["tearful", "tear full"], "rapport": ["rapport", "report"], "ct's": ["client's"], "pt's": ["patient's"],
}
SYMBOLS = {"%": "percent", "+": "and", "&": "and", "\u2205": "no", "\u2192": "to", "\u2191": "up", "\u2193": "down", "@": "at", "<": "under", ">": "over", "\u00d8": "no"}
FILLERS = ["um", "uh", "erm", "like", "you know", "i mean", "so", "okay", "er", "sort of", "kind of", "well"]
JOINS = ["and", "and", "and", "then", "and then", "so", "but", "um", "uh", "okay", "and um", "also", "so um", "and so", "plus", "let's see"]


def spoken_number(n):
    if n < 20:
        return [ONES[n]]
    if n < 100:
        return [TENS[n // 10]] + ([ONES[n % 10]] if n % 10 else [])
    if 1900 <= n < 2100:
        return spoken_number(n // 100) + (spoken_number(n % 100) if n % 100 else ["hundred"])
    if n < 1000:
        return [ONES[n // 100], "hundred"] + (spoken_number(n % 100) if n % 100 else [])
    if n < 1_000_000:
        return spoken_number(n // 1000) + ["thousand"] + (spoken_number(n % 1000) if n % 1000 else [])
    return [str(n)]


def spoken(word, previous, following, rng, expand, mishear):
    """The words that a recogniser would write for one token; none for most punctuation."""
    low = word.lower().replace("\u2019", "'")
    if re.fullmatch(r"[0-9]+", word):
        return spoken_number(int(word)) if rng.random() < 0.85 else [word]
    if word[0].isdigit():
        if "." in word:
            whole, rest = word.split(".", 1)
            return spoken_number(int(whole)) + ["point"] + [w for d in re.findall(r"[0-9]+", rest) for w in spoken_number(int(d))]
        return [w for d in re.findall(r"[0-9]+", word) for w in spoken_number(int(d))]
    if word[0].isalpha():
        beside_digit = bool(previous) and previous[0].isdigit() or following == "/"
        if low in SPOKEN and (len(low) > 1 or beside_digit) and rng.random() < expand:
            return SPOKEN[low].split()
        if low in MISHEARD and rng.random() < mishear:
            return rng.choice(MISHEARD[low]).split()
        if "'" in low and rng.random() < 0.3:
            return [low.replace("'", "")]
        return [low]
    if word == "/" and previous and following and previous[0].isdigit() and following[0].isdigit():
        return ["out", "of"] if rng.random() < 0.7 else []
    return SYMBOLS.get(word, "").split()


def dictated(doc, rng):
    """Lower case, (nearly) no punctuation, numbers as words, mishearings, fillers and joining words."""
    fill, join, keep = 0.015, rng.choice([0.05, 0.12, 0.25]), rng.choice([0, 0, 0, 0.25])
    texts = [t.text for t, _ in doc.rows]
    out, last = [], None
    for i, (token, clause) in enumerate(doc.rows):
        words = spoken(token.text, texts[i - 1] if i else "", texts[i + 1] if i + 1 < len(texts) else "", rng, 0.7, 0.5)
        if token.text in ".,;:?!" and rng.random() < keep:
            words = [token.text]
        if clause >= 0 and clause != last:
            if last is not None and rng.random() < join and out and out[-1][1] != -1:
                out += [(Token(w, SPACED), -1) for w in rng.choice(JOINS).split()]
            last = clause
        elif clause >= 0 and rng.random() < fill:
            extra = rng.choice(FILLERS).split() if rng.random() < 0.7 else words
            out += [(Token(w, SPACED), clause) for w in extra]
        out += [(Token(w, GLUED if w in ".,;:?!" else SPACED), clause) for w in words]
    return Document(out, doc.clauses)


def typo(word, rng):
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1:]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2:]


def hasty(doc, rng):
    """Typed carelessly: lower case, other stops, typing mistakes, commas left out, or stops as new lines."""
    mode, out = rng.randrange(6), []
    for i, (token, clause) in enumerate(doc.rows):
        text, gap = token.text, token.gap
        if mode in (0, 5):
            text = text.lower()
        if mode == 1 and text == ".":
            text = rng.choice([";", ",", "."])
        elif mode == 2 and text[0].isalpha() and len(text) > 4 and rng.random() < 0.06:
            text = typo(text, rng)
        elif mode in (3, 5) and text in ",;" and rng.random() < 0.6:
            continue
        elif mode == 4 and gap == SPACED and i and doc.rows[i - 1][0].text == "." and rng.random() < 0.6:
            gap = 2
        elif mode == 5 and text == "." and clause == -1 and rng.random() < 0.5:
            continue
        out.append((Token(text, gap), clause))
    return Document(out, doc.clauses)


def by_role(docs):
    """role -> [(document, clause)], the stock that `remixed` draws from."""
    stock = {}
    for d, doc in enumerate(docs):
        for k, labels in enumerate(doc.clauses):
            stock.setdefault(labels[0], []).append((d, k))
    return stock


def remixed(docs, stock, rng):
    """A document whose clauses are, more often than not, exchanged for others of the same role."""
    doc = docs[rng.randrange(len(docs))]
    out, clauses, last = [], [], None
    for token, clause in doc.rows:
        if clause == -1:
            out.append((token, -1))
        elif clause != last:
            labels = doc.clauses[clause]
            source, k = doc, clause
            if rng.random() < 0.6:
                other, k = rng.choice(stock[labels[0]])
                source = docs[other]
            out += [(t, len(clauses)) for t, c in source.rows if c == k]
            clauses.append(source.clauses[k])
        last = clause if clause != -1 else last
    return Document(out, clauses)
