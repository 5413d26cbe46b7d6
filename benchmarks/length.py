"""Is the time linear in the length? One document of 1, 2, 4 and 8 MB, as text and as HTML source."""

from measured import one_core, rows, seconds, write_result

import classifier

SIZES = (1, 2, 4, 8)  # million characters


def main() -> None:
    """Print characters a second for each size; a figure that falls with the size is a fault."""
    one_core()
    texts = [row["text"] for row in rows("allsides_bias", 2000)]
    joined = "\n\n".join(texts)
    classifier.mark(joined[:10000])
    figures = {}
    for size in SIZES:
        plain = joined[: size * 1_000_000]
        page = "".join(f"<p>{p.replace('&', '&amp;').replace('<', '&lt;')}</p>" for p in plain.split("\n\n"))
        for kind, text in (("text", plain), ("page", f"<article>{page}</article>")):
            speed = len(text) / seconds(lambda text=text: classifier.mark(text).to_dict()) / 1e6
            figures[f"{kind}, {size} MB"] = speed
            print(f"{kind} {size:3} MB {speed:6.2f} million characters/s")
    write_result("length", figures, texts)


if __name__ == "__main__":
    main()
