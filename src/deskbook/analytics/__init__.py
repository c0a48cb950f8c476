"""Statistics on frames: what drives a movement, whether it is more than chance, who and what stands out.

Pure functions: a frame in, a frame or value out; no store, no network, no clock.
"""

from deskbook.analytics.bursts import bursts
from deskbook.analytics.casemix import fair_comparison
from deskbook.analytics.chance import Chance, count_chance, false_discovery, ratio_chance
from deskbook.analytics.drivers import count_drivers, ratio_drivers
from deskbook.analytics.intervals import share_interval, stratified_share
from deskbook.analytics.phrases import Phrase, holding, log_odds, standing_out, words_of

__all__ = [
    "Chance",
    "Phrase",
    "bursts",
    "count_chance",
    "count_drivers",
    "fair_comparison",
    "false_discovery",
    "holding",
    "log_odds",
    "ratio_chance",
    "ratio_drivers",
    "share_interval",
    "standing_out",
    "stratified_share",
    "words_of",
]
