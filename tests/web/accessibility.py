"""What an automated check of accessibility says about a page. axe-core is vendored beside this file (MPL-2.0)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SEVERITIES = ("critical", "serious", "moderate", "minor")


def findings(page: Any) -> Mapping[str, list[str]]:
    """What axe-core finds on a page as it stands, by severity."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # by the debugger: the page's policy allows no such script
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert found["testEngine"]["name"] == "axe-core"
    assert len(found["passes"]) > 5
    by_severity: dict[str, list[str]] = {severity: [] for severity in SEVERITIES}
    for rule in found["violations"]:
        says = (f"{rule['id']}: {node['target']} {node['failureSummary']}" for node in rule["nodes"][:3])
        by_severity[rule["impact"]] += says
    return by_severity


def serious_findings(page: Any) -> list[str]:
    """What axe-core finds to be serious or critical."""
    found = findings(page)
    return [*found["critical"], *found["serious"]]
