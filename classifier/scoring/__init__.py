"""Answers: what is marked, how the article scores and why, or why no score can be given."""
