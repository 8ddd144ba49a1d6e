"""The vectors that hold the Rust tagger to this code: texts, and the clauses and probabilities they must give."""
import json

TEXTS = [
    "",
    " \n\t ",
    ".",
    "ok",
    "Client discussed work stress, practiced grounding techniques, assigned journaling homework.",
    "Ct 45 min telehealth. Denies SI/HI. PHQ-9 = 14, down from 18. RTC 1 wk.",
    "saw her at four she says the panic is down to twice a week um we did the interoceptive stuff spinning in the chair she hated it "
    "but she laughed no s i no h i denise self harm and homework is the hill walk see her tuesday",
    "did not get to risk today ran out of time scratch that i asked at the door and he said no",
    "private note i was irritated with him bring to supervision",
    "“I just can’t,” she said — then laughed. Affect: flat→brighter. Sleep ↑ 6h (was 4½).",
    "naïve café Zoë’s mother‑in‑law said “mañana”; Ångström çok güzel",
    "😀 client smiled 👩‍👩‍👧 and 🏳️‍🌈 pin on jacket. Plan: f/u 2wks 🙂",
    "日本語のメモ。クライアントは落ち着いていた。",
    "Здравствуйте, клиент сообщил о тревоге. Отрицает суицидальные мысли.",
    "Line one\nLine two: reviewed safety plan.\n\n- rope in the truck\n- gave brother the gun safe key",
    "A" * 300 + " " + "antidisestablishmentarianism" * 3,
    "12:30 3.5 1,000 10/10 2024-05-01 x2 Q2W #4 50% $20",
    "\u0000\u0001 control\u0007characters \u200bzero\u200dwidth \ufeffbom \u0085next",
    "e\u0301tude a\u0300 la carte, hope\u2026 she isn't, wasn’t, didnt 'quoted' rock'n'roll",
    "reports he would be fine if God took him tonight; no plan, no intent, guns sold years ago. I think risk is low.",
]
# Repeated to some 5,000 words, so that windows are crossed.
LONG = "she slept badly again and we went over the diary she was tired but kept going no thoughts of dying plan is the walk on friday "


def expected(reference):
    """One JSON object a line: text (or how often LONG is repeated), and clauses as byte offsets, role and
    probabilities (of the long text the risk alone)."""
    lines = []
    for text, times in [(t, 1) for t in TEXTS] + [(LONG, 200)]:
        whole = text * times
        at = lambda n: len(whole[:n].encode())
        clauses = []
        for c in reference.tag(whole):
            row = {"start": at(c["start"]), "end": at(c["end"]), "role": c["role"], "p_risk": round(c["p_risk"], 6)}
            for name in () if times > 1 else ("roles", "states", "topics"):
                row[name] = [round(float(p), 6) for p in c[name]]
            clauses.append(row)
        lines.append(json.dumps({"text": text, "times": times, "clauses": clauses}, ensure_ascii=False))
    return "\n".join(lines) + "\n"
