"""From signals to numbers: the matrix of measures and the scikit-learn transformer that makes it."""
