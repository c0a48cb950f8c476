"""Every metric of the reference model has one of ours, and the glossary says which."""

from __future__ import annotations

import pytest

from deskbook.metrics import DIMENSIONS, registry

REFERENCE = """
first_reply_time_calendar_minutes first_reply_time_business_minutes total_reply_time_calendar_minutes
first_resolution_calendar_minutes final_resolution_calendar_minutes first_resolution_business_minutes
full_resolution_business_minutes first_assignment_to_resolution_calendar_minutes
last_assignment_to_resolution_calendar_minutes ticket_unassigned_duration_calendar_minutes agent_wait_time
requester_wait_time solve_time agent_work_time on_hold_time new_status_duration open_status_duration
is_one_touch_resolution is_two_touch_resolution is_multi_touch_resolution count_resolutions count_reopens
count_ticket_handoffs unique_assignee_count assignee_stations_count group_stations_count count_agent_comments
count_public_agent_comments count_end_user_comments count_public_comments count_internal_comments
total_agent_replies unsolved_ticket_age_minutes unsolved_ticket_age_since_update_minutes
is_good_to_bad_satisfaction_score is_bad_to_good_satisfaction_score ticket_backlog sla_policies
reassigned surveyed unassigned_unsolved unreplied unreplied_unsolved assigned deleted users
"""


@pytest.mark.parametrize("name", REFERENCE.split())
def test_a_metric_of_the_reference_has_one_of_ours(name: str) -> None:
    assert [metric.name for metric in registry.values() if name in metric.origin.replace(",", " ").split()]


def test_what_the_reference_counts_by_status_is_a_cut_of_ours() -> None:
    assert {"status", "status_then", "team_then", "agent_then", "priority_then", "channel"} <= set(DIMENSIONS)
