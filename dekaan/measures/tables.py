"""The flat tables that every measure reads: names and types only. A house test holds them against the models."""

COUNTERS = 48  # columns n0 to n47 of the kept table

TABLES: dict[str, dict[str, str]] = {
    "schools_school": {"id": "int64", "records_begin": "date"},
    "schools_academicyear": {
        "school_id": "int64",
        "start_year": "int64",
        "starts_on": "date",
        "ends_on": "date",
        "joined_by": "date",
        "roll_on": "date",
    },
    "people_pupil": {"id": "int64", "school_id": "int64", "benchmark_cohort": "boolean"},
    "people_enrolment": {
        "school_id": "int64",
        "pupil_id": "int64",
        "starts_on": "date",
        "ends_on": "date",
        "status": "string",
    },
    "people_yearrecord": {
        "school_id": "int64",
        "pupil_id": "int64",
        "academic_year": "int64",
        "year_group": "int64",
        "tutor_group_id": "int64",
        "sex": "string",
        "sen": "string",
        "pupil_premium": "boolean",
        "ethnicity": "string",
        "eal": "boolean",
        "looked_after": "boolean",
    },
    "participation_participation": {
        "school_id": "int64",
        "pupil_id": "int64",
        "academic_year": "int64",
        "academic_day": "int64",
        "criteria": "int64",
        "criteria_unknown": "int64",
        "counts": "int64",
        "known_by": "string",
        "partner_kind": "string",
        "superseded_at": "timestamp",
    },
    "measures_pupil_year": {
        "school_id": "int64",
        "pupil_id": "int64",
        "academic_year": "int64",
        "year_group": "int64",
        "in_cohort": "int64",
        "known": "int64",
        "unrecorded": "int64",
        "assumed": "int64",
        **{f"n{number}": "int64" for number in range(COUNTERS)},
    },
}
