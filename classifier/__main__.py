"""``python -m classifier`` is the command `misinfo`."""

from classifier.cli import main

if __name__ == "__main__":
    main()
