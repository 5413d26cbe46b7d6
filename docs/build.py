"""Build the site into build/site: python docs/build.py. Stops at a failed command, a warning or a broken link."""

import argparse
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "making"))

from assemble import assemble_all
from blocks import ROOT
from links import faults

PAGES, SITE = ROOT / "build" / "docs", ROOT / "build" / "site"


def main() -> None:
    """Make the pages, build them, check what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--pages-are-made", action="store_true", help="build/docs was just made (by the tests)"
    )
    if not parser.parse_args().pages_are_made:
        for one in assemble_all(PAGES):
            if one.code != one.expected:
                sys.exit(f"$ {one.command}\n{one.printed}ended with {one.code}, not with {one.expected}")
    zensical = Path(sys.executable).parent / "zensical"
    subprocess.run([zensical, "build", "--strict", "--clean"], cwd=ROOT, check=True)
    found = list(faults(SITE.resolve()))
    if found:
        sys.exit("\n".join((*found, f"{len(found)} faults in {SITE}")))
    print(
        f"{len(list(SITE.rglob('*.html')))} pages in {SITE}: no broken link, nothing fetched from elsewhere"
    )


if __name__ == "__main__":
    main()
