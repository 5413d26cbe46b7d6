"""`misinfo doctor`: what is installed and whether it works here; a line with a remedy for each trouble."""

from classifier.cli.exits import Exit, standard_output


def doctor() -> int:
    """Say what is installed and found, and whether it works here. The exit code is 1 where there is trouble."""
    from classifier.cli.checkup import findings

    out = standard_output()
    troubles = []
    for topic, says, trouble in findings():
        out.write(f"{topic:12} {says}\n".encode())
        if trouble is not None:
            troubles.append(trouble)
    for trouble in troubles:
        out.write(f"trouble: {trouble}\n".encode())
    if troubles:
        return Exit.REJECTS
    out.write(b"all is well\n")
    return Exit.DONE
