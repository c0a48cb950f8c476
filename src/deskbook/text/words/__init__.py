"""Deskbook's own sentiment words, one module a language; all written here, none copied.

A module declares WORDS (valence on VADER's scale of -4 to 4 -> words and phrases, comma-separated;
0 takes a word out of VADER's list), NEGATIONS, BOOSTERS, DAMPENERS and CONTRASTS. A trailing `~`
stands for each of the module's ENDINGS. A phrase counts as one word.
"""
