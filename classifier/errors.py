"""The errors a user can meet. Only the command line turns them into stderr and exit codes."""


class MisinfoError(Exception):
    """Base of all our errors; ``str(error)`` is one sentence for the user: where, what, remedy."""


class InputError(MisinfoError):
    """An input as a whole can't be used: missing, empty, binary, without the column asked for."""


class ModelError(MisinfoError):
    """A model can't be used: missing, of another format version, made with other word lists."""


class FamilyError(MisinfoError):
    """A signal family can't be used: unknown, or its parts contradict one another."""


class TrainingError(MisinfoError):
    """A corpus can't be trained on or evaluated with: one label only, no publisher folds possible."""
