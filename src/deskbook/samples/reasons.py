"""Contact reasons, teams and channels of the desk, and how often each occurs."""

from __future__ import annotations

from dataclasses import dataclass

CHANNELS = ("email", "chat", "web", "phone", "social")
SOCIAL_CHANNEL = "social"
TEAMS = ("Billing", "Technical", "Shipping", "Accounts", "Sales", "Onboarding")
EVERYDAY = (42.0, 22.0, 18.0, 11.0, 7.0)
"""Usual channel mix in the order of CHANNELS, per cent."""


@dataclass(frozen=True)
class Reason:
    """One contact reason.

    Attributes:
        key: section of the vocabulary.
        label: the help desk's own word, column `type` of the export.
        team: the team that answers it.
        share: weight among all reasons.
        angry: share of its tickets that are written in anger, 0 to 1.
        tags: the two tags that agents put on it.
        channels: channel mix in the order of CHANNELS, weights.
    """

    key: str
    label: str
    team: str
    share: float
    angry: float
    tags: tuple[str, str]
    channels: tuple[float, ...] = EVERYDAY


REASONS = (
    Reason("refund", "Refund", "Billing", 9, 0.20, ("refund", "return")),
    Reason("double_charge", "Double charge", "Billing", 3, 0.22, ("payment", "duplicate")),
    Reason("invoice", "Invoice copy", "Billing", 6, 0.05, ("invoice", "accounting"), (58, 8, 26, 6, 2)),
    Reason("late_delivery", "Late delivery", "Shipping", 12, 0.22, ("delivery", "tracking"), (36, 24, 14, 14, 12)),
    Reason("damaged_item", "Damaged item", "Shipping", 5, 0.20, ("damaged", "replacement")),
    Reason("wrong_item", "Wrong item", "Shipping", 3, 0.14, ("wrong-item", "warehouse")),
    Reason("login", "Login and 2FA", "Accounts", 8, 0.12, ("login", "2fa"), (26, 36, 14, 18, 6)),
    Reason("password_reset", "Password reset", "Accounts", 7, 0.07, ("password", "account"), (28, 36, 20, 12, 4)),
    Reason("privacy", "Data export and privacy", "Accounts", 2, 0.08, ("gdpr", "export"), (64, 4, 28, 2, 2)),
    Reason("app_crash", "App crash", "Technical", 8, 0.20, ("app", "crash"), (34, 26, 16, 8, 16)),
    Reason("api_error", "API error", "Technical", 5, 0.10, ("api", "integration"), (56, 12, 28, 3, 1)),
    Reason("device_offline", "Device offline", "Technical", 11, 0.16, ("device", "wifi"), (30, 28, 14, 20, 8)),
    Reason("cancellation", "Cancellation", "Billing", 6, 0.16, ("cancel", "retention")),
    Reason("upgrade", "Pricing and upgrade", "Sales", 5, 0.03, ("pricing", "upgrade"), (44, 16, 24, 14, 2)),
    Reason("feature_request", "Feature request", "Sales", 3, 0.03, ("idea", "roadmap"), (40, 12, 26, 2, 20)),
    Reason("onboarding", "Onboarding help", "Onboarding", 6, 0.04, ("setup", "training"), (36, 28, 16, 18, 2)),
    Reason("praise", "Feedback", "Onboarding", 2, 0.0, ("feedback", "kudos"), (34, 14, 16, 4, 32)),
)
REASON_KEYS = tuple(reason.key for reason in REASONS)
"""Row numbers of REASONS are the reason codes of the generator."""
