"""Marking and scoring beside TF-IDF over words and word pairs with logistic regression, in turn, on one core."""

import statistics

from measured import one_core, rows, seconds, write_result
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

import classifier
from classifier.signals.registry import BUILT_IN

ROUNDS = 3
ARTICLES = 1000


def main() -> None:
    """Print articles/s of each and the ratio, and write the result file."""
    one_core()
    texts = [row["text"] for row in rows("allsides_bias", ARTICLES)]
    learned = rows("recovery")[::2]
    rival = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=200))
    rival.fit([r["text"] for r in learned], [r["label"] for r in learned])
    scorer = classifier.load_scorer()
    ours = {
        "marking": lambda: [None for _ in classifier.mark_many(texts)],
        "marking, all families": lambda: [None for _ in classifier.mark_many(texts, tuple(BUILT_IN))],
        "marking, with the output object": lambda: [m.to_dict() for m in classifier.mark_many(texts)],
        "marking, all families, with the output object": lambda: [
            m.to_dict() for m in classifier.mark_many(texts, tuple(BUILT_IN))
        ],
        "scoring": lambda: [None for _ in scorer.score_many(texts)],
        "scoring, with reasons and their spans": lambda: [a.to_dict() for a in scorer.score_many(texts)],
    }
    figures = {}
    for name, call in ours.items():
        pairs = [(seconds(call), seconds(lambda: rival.predict_proba(texts))) for _ in range(ROUNDS)]
        ratios = sorted(b / a for a, b in pairs)
        speed = len(texts) / statistics.median(a for a, _ in pairs)
        other = len(texts) / statistics.median(b for _, b in pairs)
        ratio = statistics.median(ratios)
        figures[name] = {
            "articles_per_second": speed,
            "rival": other,
            "ratio": ratio,
            "lowest": ratios[0],
            "highest": ratios[-1],
        }
        print(
            f"{name:46} {speed:8.0f} articles/s, rival {other:8.0f}, ratio {ratio:.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )
    write_result("marking", figures, texts)


if __name__ == "__main__":
    main()
