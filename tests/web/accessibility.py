"""What an automated check of accessibility says about a page. axe-core is vendored beside this file (MPL-2.0)."""

from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


def serious_findings(page: Any) -> list[str]:
    """What axe-core finds to be serious or critical on a page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # by the debugger: the page's policy allows no such script
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert found["testEngine"]["name"] == "axe-core"
    assert len(found["passes"]) > 5
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"][:3]
    ]
