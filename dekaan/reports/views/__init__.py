"""Screens of the reports, a file for each of their stories."""

from dekaan.reports.views.inspection import inspection, inspection_pupils
from dekaan.reports.views.log import report_approval_new, report_handed_back, report_handed_new, report_log
from dekaan.reports.views.opened import paper_open, paper_open_pdf, paper_said, report_link_end, report_link_new
from dekaan.reports.views.papers import (
    report_detail,
    report_download,
    report_evidence,
    report_governors,
    report_leaders,
    report_list,
    report_slides,
    report_withdraw,
    report_word,
)

__all__ = [
    "inspection",
    "inspection_pupils",
    "paper_open",
    "paper_open_pdf",
    "paper_said",
    "report_approval_new",
    "report_detail",
    "report_download",
    "report_evidence",
    "report_governors",
    "report_handed_back",
    "report_handed_new",
    "report_leaders",
    "report_link_end",
    "report_link_new",
    "report_list",
    "report_log",
    "report_slides",
    "report_withdraw",
    "report_word",
]
