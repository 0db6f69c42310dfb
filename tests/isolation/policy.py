"""What each address asks of a person: written here a second time, so that a door left open is noticed.

A new address without an entry fails the build. Nobody changes this list without reading docs/care.md.
"""

from dekaan.access.permissions import Permission as P  # noqa: N817 the list below is a table

ASKS: dict[P, str] = {
    P.HOME_SEE: (
        "home search exports-seen my-week my-week-mail my-time my-time-remove my-time-share task-end task-reopen"
    ),
    P.PUPILS_SEE: "pupil-list tutor-group-list tutor-group pupil-record",
    P.PUPILS_CHANGE: "cohort-list pupil-change pupil-leave pupil-stay pupil-return carer-new carer-change carer-remove",
    P.STAFF_CHANGE: "staff-list staff-new staff-change staff-link staff-unlink",
    P.PROGRAMME_SEE: (
        "programme-calendar programme-planner planner-cell session-list activity-detail session-detail "
        "session-briefing visitor-sheet learning-coverage programme-print own-calendar own-calendar-renew "
        "curriculum-map subject-detail public-pages publication-preview published-version publication-embed "
        "scheme-list scheme-detail provider-request-list provider-request-detail provider-request-log "
        "own-calendar-end school-calendar carousel-list carousel-detail carousel-print resource-list "
        "resource-detail library-reach occupation-list occupation-detail destination-measures look-up-services "
        "organisation-list organisation-detail partner-links trust-organisation-list"
    ),
    P.PROGRAMME_CHANGE: (
        "activity-new session-unplanned activity-change session-new catch-up-new session-change session-put-back "
        "session-cancel roll-forward roll-forward-receipt roll-forward-undo criterion-plan clash-list gap-detail "
        "gap-plan gap-invite timetable-load briefing-change activity-learning-change outcome-list outcome-change "
        "outcome-retire outcome-bring-back session-invite sentence-plan activity-meaning template-meaning "
        "session-meaning compass-keep inviting-undo compass-answer compass-as-recorded compass-result-new "
        "calendar-entry-new calendar-entry-change calendar-entry-remove term-dates-change carousel-new "
        "template-list template-plan starter-plan template-change template-remove template-keep collection-new "
        "collection-change collection-renew collection-poster collection-paper collection-type "
        "questionnaire-change evaluation-new evaluation-change improvement-new improvement-change "
        "improvement-done evidence-new evidence-change evidence-file-new evidence-also evidence-remove "
        "evidence-settings evidence-archive report-evidence subject-new subject-change curriculum-link-change "
        "curriculum-link-accept curriculum-link-refuse curriculum-link-put-back link-door session-meaning-ask "
        "scheme-new scheme-lesson-plan observation-new observation-change observation-done observation-drop "
        "observation-follow observation-remove access-rules-change free-time-new free-time-change "
        "free-time-remove provider-request-reply provider-request-withdraw provider-request-put-back "
        "provider-request-forget provider-request-export provider-reply-again provider-reply-leave "
        "website-check-now website-saved website-change website-set-aside website-count-again resource-new "
        "resource-change resource-reviewed resource-starters resource-links-check resource-use-new "
        "activity-resources-change occupation-look-up trust-objective-take trust-objective-leave trust-item-take "
        "taken-item-change taken-item-newer taken-item-keep visit-step-done visit-step-open"
    ),
    P.LINKS_PROPOSE: "curriculum-link-new",
    P.TRUST_LEAD: (
        "cluster-list cluster-new cluster-change cluster-remove trust-vision-change trust-objective-new "
        "trust-objective-change trust-item-new trust-item-change support-visit-new support-visit-change "
        "trust-names"
    ),
    P.NAMES_GRANT: "names-grant-new names-grant-end",
    P.SCHEMES_CHANGE: ("scheme-change scheme-lesson-new scheme-lesson-change scheme-lesson-up scheme-lesson-remove"),
    P.PARTNERS_SEE: "contact-detail",
    P.PARTNERS_CHANGE: (
        "organisation-new organisation-change contact-new contact-change contact-erase conversation-new "
        "conversation-change conversation-remove partner-names name-matching-receipt name-matching-undo "
        "organisation-duplicates merge-new merge-detail merge-undo trust-organisation-take"
    ),
    P.TEAM_SEE: (
        "team-page team-receipt responsibility-list meaning-list meaning-page meaning-acknowledge job-description "
        "job-description-word job-description-pdf training-list"
    ),
    P.TEAM_CHANGE: (
        "team-start team-model-change team-people-change team-needs-change team-time-change post-new post-change "
        "responsibilities-change job-description-agree training-new training-change training-remove "
        "colleague-development profile-change needs-usual-add need-new need-change network-new network-change"
    ),
    P.TERMS_SEE: "terms-change",
    P.HANDOVER_CHANGE: (
        "hand-over-page hand-over-new cover-new hand-over-detail hand-over-call-off hand-over-undo handover-book "
        "handover-book-paper handover-chapter first-fortnight first-step"
    ),
    P.PARTNERS_OFFER: "trust-organisation-new trust-organisation-change",
    P.REGISTER_TAKE: (
        "session-happened session-undo session-absences session-register session-register-print "
        "session-correct-staff session-correct-carer carousel-happened carousel-undo"
    ),
    P.PARTICIPATION_CORRECT: "session-correct",
    P.BENCHMARKS_SEE: (
        "provider-access benchmark-picture figures-explained framework-detail criterion-detail compass-review "
        "compass-question compass-sheet compass-history compass-schools evidence-list evidence-detail duty-board "
        "rule-changes rule-changes-read website website-check trust-page trust-in-place trust-compass trust-vision "
        "trust-item-list trust-item-detail names-grant-list"
    ),
    P.NAMES_SEE: (
        "provider-access-pupils benchmark-year-group criterion-missing sentence-list sentence-found "
        "saved-list-keep saved-list-detail saved-list-share saved-list-mend saved-list-remove saved-list-put-back "
        "compass-pupils inspection-pupils"
    ),
    P.EXPORT_NAMED: (
        "september-guarantee-export criterion-missing-export sentence-export evidence-archive-export "
        "outgoing-sheet-list outgoing-sheet-detail outgoing-sheet-change outgoing-sheet-export outgoing-sheet-remove"
    ),
    P.IMPORT_MAKE: (
        "import-list absences-upload import-upload import-progress import-columns import-preview import-again "
        "import-taken-as import-confirm import-receipt import-undo import-abandon"
    ),
    P.IMPORT_CONFIRM_LEAVERS: "import-new-year",
    P.REPORTS_SEE: (
        "report-list report-detail report-download report-word report-slides report-log inspection feedback-list "
        "pulse-list activity-feedback collection-detail questionnaire-list evaluation-list evaluation-detail "
        "evidence-file observation-list observation-detail support-visit-list"
    ),
    P.FIGURES_EXACT: "collection-words line-take-out",
    P.REPORTS_ISSUE: (
        "report-governors report-leaders report-withdraw report-handed-new report-handed-back report-link-new "
        "report-link-end"
    ),
    P.PUBLICATION_CHANGE: (
        "publication-facts publication-leavers-change publication-words-change publication-others-named version-prepare "
        "version-take-back page-take-down"
    ),
    P.PUBLICATION_APPROVE: "version-approve version-approval-record version-send-back",
    P.SETTINGS_CHANGE: "school-settings",
    P.ROLES_SEE: "role-list role-meanings role-review",
    P.ACCOUNTS_CHANGE: "role-new account-new role-end role-review-done factor-reset",
    P.BACKUPS_SEE: "backup-list",
    P.SERVICE_KEEP: "service partner-register",
    P.ROLES_CONFIRM: "role-confirm role-decline factor-reset-agree factor-reset-stop hand-over-agree",
    P.PRIVACY_SEE: "data-protection-page impact-assessment impact-assessment-download role-matrix role-seen retention",
    P.PRIVACY_SAY: "data-protection-facts",
    P.PRIVACY_KEEP: "retention-change retention-begin retention-end",
    P.PRIVACY_CASES: (
        "case-list case-new case-detail case-preview case-names case-decide case-agree case-pause case-prove "
        "case-resume case-extend case-acknowledge case-backups case-close case-reopen case-release hold-new "
        "hold-end"
    ),
    P.PLAN_SEE: (
        "principle-list milestone-list plan-list plan-detail plan-on-a-page meeting-list meeting-detail task-list "
        "policy-list"
    ),
    P.PLAN_CHANGE: (
        "plan-new plan-first plan-change plan-remove objective-new objective-change objective-remove action-new "
        "action-change action-end action-reopen policy-new policy-change policy-withdraw meeting-new "
        "meeting-change meeting-held meeting-call-off meeting-put-back decision-new decision-change task-new "
        "task-change"
    ),
    P.PLAN_APPROVE: "plan-approve time-shared report-approval-new",
    P.TRAIL_SEE: "audit-trail",
    P.BUDGET_SEE: "budget-list budget-detail budget-export spend-list spend-detail agreement-list agreement-detail",
    P.BUDGET_CHANGE: (
        "budget-new budget-change allocation-new allocation-correct allocation-undo budget-line-new "
        "budget-line-change spend-new spend-correct spend-paid spend-cancel spend-undo usual-costs-change "
        "gap-cost agreement-new agreement-change agreement-renew agreement-renewal-undo adviser-day-new "
        "adviser-day-correct adviser-day-undo"
    ),
    P.DESTINATIONS_COUNT: "destination-picture",
    P.DESTINATIONS_SEE: "leaver-list destination-detail september-guarantee",
    P.DESTINATIONS_CHANGE: (
        "destination-call-grid destination-call-undo intention-grid intention-sheet intention-type intention-undo statement-new statement-correct statement-verify statement-hold statement-withdraw wish-new "
        "asking-new asking-detail asking-undo asking-stop"
    ),
    P.CONTACTS_RESTRICT: "restricted-list contact-restrict",
    P.CONTACTS_LIFT: "contact-lift case-clear",
}
POLICY: dict[str, P] = {name: permission for permission, names in ASKS.items() for name in names.split()}

# Addresses outside any school: who may come.
OUTSIDE: dict[str, str] = dict.fromkeys(
    (
        "school-choice account_logout account_change_password account_set_password account_reauthenticate "
        "mfa_index sign-out-everywhere mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp "
        "mfa_view_recovery_codes mfa_generate_recovery_codes mfa_add_webauthn mfa_reauthenticate_webauthn "
        "mfa_remove_webauthn single-sign-on-again single-sign-on-unlink"
    ).split(),
    "signed in",
) | dict.fromkeys(
    (
        "security-txt account_login account_reset_password account_reset_password_done "
        "account_reset_password_from_key account_reset_password_from_key_done account_signup account_inactive "
        "mfa_authenticate mfa_login_webauthn openid_connect_login openid_connect_callback first-account "
        "invitation invitation-open session-left calendar-feed answer-new answer-given link-propose link-proposed "
        "meaning-say meaning-said careers-page provider-access-page careers-embed careers-calendar "
        "provider-request-new provider-request-received resource-go resource-on paper-open paper-open-pdf "
        "paper-said asked-answer asked-thanks"
    ).split(),
    "open to all",
)

# Where a value of a class may be named by somebody who may only count it: the tables by group.
COUNTED_ON = {"criterion-detail"}

# Where a class may be named to somebody who may open it in a case only: the cases, and why a record is held.
IN_A_CASE = {"case-list", "case-detail", "case-preview", "case-names", "case-backups", "case-release", "retention"}

# What a Careers Leader's reading is not answered with a page (200): buttons only, and screens that lead on.
LEADS_ON = frozenset(
    (
        "absences-upload carer-remove case-acknowledge case-agree case-clear case-close case-decide case-extend "
        "case-pause case-preview case-prove case-release case-reopen case-resume criterion-missing-export "
        "exports-seen hold-end import-abandon import-again import-confirm import-new-year import-progress "
        "import-receipt import-taken-as import-undo pupil-stay role-end retention-end roll-forward-undo "
        "role-confirm role-decline role-review-done factor-reset-agree factor-reset-stop session-absences "
        "session-correct session-correct-carer session-correct-staff session-happened own-calendar-renew "
        "own-calendar-end outcome-retire outcome-bring-back session-put-back session-undo staff-link staff-unlink "
        "saved-list-keep saved-list-mend saved-list-put-back saved-list-remove saved-list-share sentence-export "
        "sentence-plan gap-plan gap-invite session-invite inviting-undo compass-answer compass-as-recorded "
        "compass-keep compass-result-new calendar-entry-remove carousel-happened carousel-undo template-keep "
        "template-remove collection-renew improvement-done line-take-out evidence-also evidence-archive-export "
        "evidence-file-new evidence-remove report-evidence report-handed-back report-link-end "
        "curriculum-link-accept curriculum-link-refuse curriculum-link-put-back session-meaning-ask "
        "version-prepare version-approve version-send-back version-take-back page-take-down scheme-lesson-up "
        "scheme-lesson-remove observation-done observation-drop observation-follow observation-remove "
        "rule-changes-read free-time-remove provider-request-reply provider-request-withdraw "
        "provider-request-put-back provider-request-forget provider-reply-again provider-reply-leave "
        "resource-reviewed resource-links-check occupation-look-up occupation-detail website-check-now "
        "website-set-aside website-count-again contact-erase conversation-remove name-matching-undo merge-new "
        "merge-undo trust-organisation-take allocation-undo spend-paid spend-cancel spend-undo spend-new "
        "agreement-renewal-undo adviser-day-undo plan-remove objective-remove action-reopen policy-withdraw "
        "meeting-put-back task-reopen my-time-remove my-time-share trust-item-take trust-objective-leave "
        "taken-item-newer taken-item-keep visit-step-done visit-step-open names-grant-end cluster-remove "
        "meaning-acknowledge job-description-agree training-remove needs-usual-add version-approval-record team-needs-change "
        "outgoing-sheet-export outgoing-sheet-remove september-guarantee-export destination-call-undo intention-undo "
        "statement-verify statement-hold statement-withdraw asking-undo asking-stop team-time-change hand-over-agree "
        "hand-over-call-off hand-over-undo first-step"
    ).split()
)
# And where a narrower role is led on or finds nothing, besides: a session that somebody else leads; no role to give; a
# file that may name any pupil of the school; a scheme of work that somebody else owns; single lines of the budget.
OTHERS_SCHEMES = frozenset("scheme-change scheme-lesson-new scheme-lesson-change".split())  # which they do not own
# One pupil's destinations, of a caseload that is not kept yet.
OF_A_CASELOAD = frozenset("destination-detail statement-new statement-correct wish-new".split())
NARROWER: dict[str, frozenset[str]] = {
    "data-protection-officer": frozenset({"evidence-file"}),
    "link-governor": frozenset({"evidence-file", "spend-list", "spend-detail", "budget-export"}),
    # And names, which the school has not granted.
    "trust-careers-adviser": frozenset({"evidence-file", "trust-names"}),
    **dict.fromkeys(("senco", "head-of-year"), frozenset({"evidence-file"}) | OTHERS_SCHEMES),
    "careers-adviser": OTHERS_SCHEMES | OF_A_CASELOAD,
    "commissioned-adviser": OF_A_CASELOAD,
    **dict.fromkeys(("tutor", "dsl", "slt-line-manager", "headteacher"), OTHERS_SCHEMES),
    "subject-lead": OTHERS_SCHEMES
    | frozenset(
        (
            "activity-detail carousel-detail carousel-print session-briefing session-detail session-register "
            "session-register-print"
        ).split()
    ),
    "session-teacher": OTHERS_SCHEMES | {"carousel-detail", "carousel-print"},
    "technician": frozenset({"role-new"}),
    "careers-leader": frozenset({"terms-change"}),  # the terms of a post that somebody else holds
}
# And somebody else's task, which only whoever gives tasks ends for them.
NARROWER |= {
    role: NARROWER.get(role, frozenset()) | {"task-end"}
    for role in (
        "careers-adviser commissioned-adviser tutor subject-lead session-teacher senco head-of-year dsl "
        "slt-line-manager headteacher link-governor enterprise-adviser enterprise-coordinator "
        "trust-careers-adviser technician data-protection-officer"
    ).split()
}
