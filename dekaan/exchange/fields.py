"""Every field that a file may bring.

Its label, the headings that information systems give it, and whether it is kept out until a person says why it is
needed.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One thing a column may mean."""

    key: str
    label: str
    headings: tuple[str, ...]
    sensitive: str = ""  # the reason shown beside the switch; empty for ordinary fields


def _field(key: str, label: str, headings: str, sensitive: str = "") -> Field:
    return Field(key, label, tuple(part.strip() for part in headings.split("|")), sensitive)


_GAPS = "Needed only to show gaps between groups of pupils."

IDENTITY = (
    _field("mis_id", "Information system's number", "arbor student id|student id|studentid|pupil id|mis id|person id|school id|isams id|external id|unique pupil id|pupil reference|student no|student number"),
    _field("admission_number", "Admission number", "adno|admission no|admission number|adm no|admno|adm number|admissions number|exam no|exam number|candidate number"),
    _field("upn", "UPN", "upn|unique pupil number|upn number"),
    _field("former_upn", "Former UPN", "former upn|previous upn|temporary upn"),
    _field("uln", "ULN", "uln|unique learner number|uln number"),
    _field("surname", "Surname", "surname|legal surname|last name|lastname|legal last name|family name|second name|pupil surname|student surname|legal last|yp surname|learner surname|young person surname"),
    _field("forename", "Forename", "forename|legal forename|first name|firstname|legal first name|given name|christian name|pupil forename|student forename|legal first|forenames|yp forename|yp first name|learner forename|young person forename"),
    _field("full_name", "Name in one column", "name|pupil name|student name|surname forename|surname, forename|full name|pupil|student|student full name|legal name|surname and forename|forename surname|learner|display name"),
    _field("preferred_surname", "Preferred surname", "preferred surname|preferred last name|known surname|chosen surname"),
    _field("preferred_forename", "Preferred forename", "preferred forename|preferred first name|preferred name|known as|chosen name|chosen forename|known forename"),
    _field("birth_date", "Date of birth", "dob|date of birth|d.o.b.|birth date|birthdate|d o b|birthday"),
    _field("email", "E-mail address", "email|e-mail|email address|e-mail address|school email|student email|pupil email|work email|primary email"),
    _field("year_group", "Year group", "year|year group|yeargroup|nc year|ncyear|nc year group|year taught in|curriculum year|national curriculum year|yr|current year|ncyearactual|nc year actual|actual nc year|year gp"),
    _field("tutor_group", "Tutor group", "reg group|reg|registration group|registration form|form|tutor group|tutorgroup|tutor|form group|reg form|registration|class|current registration form|tg|mentor group"),
)  # fmt: skip
PUPIL = (
    _field("sex", "Sex", "sex|gender|legal sex|sex recorded"),
    _field("starts_on", "Date of admission", "doa|date of admission|admission date|admitted|date of entry|start date|enrolment date|date joined|entry date|doe"),
    _field("ends_on", "Leaving date", "dol|date of leaving|leaving date|leave date|date left|end date|leaver date|date of exit"),
    _field("status", "Enrolment status", "enrolment status|enrolmentstatus|enrol status|enrollment status|registration status"),
    _field("sen", "SEN provision", "sen|sen status|sen provision|senprovision|send|send status|sen stage|sen code|sen prov|current sen status", f"{_GAPS} Special category data about health."),
    _field("sen_need", "SEN type of need", "sen need|sen type|primary need|primary sen|sen primary need|sen needs|sen need type|need type", f"{_GAPS} Special category data about health."),
    _field("pupil_premium", "Pupil premium", "pp|pupil premium|pupil premium indicator|pupilpremium|pp eligible|disadvantaged|ever 6 fsm|ever6|fsm ever 6|fsm6|pupil premium eligible", f"{_GAPS} Says something of a family's means."),
    _field("free_school_meals", "Free school meals", "fsm|free school meals|fsm eligible|eligible for fsm|free meals|fsm eligibility", f"{_GAPS} Says something of a family's means."),
    _field("ethnicity", "Ethnicity", "ethnicity|ethnic|ethnic group|ethnicity code|ethnic code|ethnic origin", f"{_GAPS} Special category data."),
    _field("eal", "English as an additional language", "eal|english as an additional language|english as additional language|eal status|first language eal", f"{_GAPS} May point to a pupil's origin."),
    _field("looked_after", "Looked after", "lac|cla|looked after|looked-after|in care|looked after child|children looked after|ever in care|in lea care", "Needed to see that children in care get what they are owed. Very sensitive."),
    _field("young_carer", "Young carer", "young carer|youngcarer|carer", f"{_GAPS} Says something of a family's life."),
    _field("service_child", "Service child", "service child|service children|service|services child|parent in armed forces", f"{_GAPS} Says something of a family's life."),
    _field("attendance_percent", "Attendance percentage", "attendance|attendance %|% attendance|attendance percentage|% attend|att %|present %|percentage attendance|attendance percent|overall attendance|% present"),
)  # fmt: skip
GROUPS = (
    _field("group_name", "Teaching group", "class|class name|teaching group|set|group|course|class code|teaching class|group name"),
    _field("subject", "Subject", "subject|subject name|course name"),
)  # fmt: skip
ATTENDANCE = tuple(field for field in PUPIL if field.key == "attendance_percent")
ABSENCES = (
    _field("day", "Day", "date|day|mark date|attendance date|absence date"),
    _field("part", "Session", "session|am/pm|am pm|part|half day"),
    _field("mark", "Mark", "mark|code|attendance code|attendance mark|absence code|am mark|reg mark"),
    _field("am", "Morning mark", "am|am mark|am code|morning"),
    _field("pm", "Afternoon mark", "pm|pm mark|pm code|afternoon"),
)
STAFF = (
    _field("mis_id", "Information system's number", "staff id|staffid|staff code|code|employee id|payroll number|person id|external id|mis id|staff number"),
    _field("surname", "Surname", "surname|legal surname|last name|lastname|legal last name|family name|staff surname"),
    _field("forename", "Forename", "forename|legal forename|first name|firstname|legal first name|given name|preferred forename|staff forename"),
    _field("full_name", "Name in one column", "name|staff name|full name|staff|teacher|surname forename|employee|display name"),
    _field("email", "E-mail address", "email|e-mail|email address|e-mail address|school email|work email|primary email"),
    _field("post", "Post", "post|role|job title|title of post|position|job|post title|main role"),
    _field("starts_on", "Start date", "start date|date started|date of appointment|employment start|doa"),
    _field("ends_on", "Leaving date", "end date|leaving date|date left|employment end|dol"),
)  # fmt: skip
PARTICIPATION = (
    _field("activity", "Activity", "activity|event|activity name|encounter|event name|activity title"),
    _field("day", "Date", "date|date of activity|event date|activity date|when"),
    _field("activity_type", "Kind of activity", "type|activity type|kind|category|event type"),
    _field("partner_name", "Employer or provider", "employer|provider|partner|organisation|company|with|employer or provider"),
    _field("attended", "Attended", "attended|present|took part|attendance|status|participated"),
)  # fmt: skip
DESTINATIONS = (
    _field("code", "Activity code", "activity code|act code|activity status code|destination code|current activity code|ccis code|nccis code|neet code|status code|activity|current activity|code|eet status code|activity at 1/11|activity at 1 november|activity on 1 november|activity at 01/11"),
    _field("route", "Where they are", "destination|destination type|route|current destination|activity description|destination description|outcome|situation|main activity|programme type|type of provision|activity name|status"),
    _field("provider_name", "College, provider or employer", "provider|provider name|establishment|establishment name|college|college name|institution|destination name|organisation|employer|placement|destination provider|destination establishment|establishment/employer|institution/employer|provider/employer|establishment or employer|institution or employer|employer/establishment|university|university name|training provider|enrolled at|choice"),
    _field("course", "Course", "course|course title|course name|programme|qualification|subject|learning aim|aim title|course description"),
    _field("level", "Level", "level|course level|nvq level|qualification level|level of study|notional level"),
    _field("as_of", "Day of which the row speaks", "status date|activity date|date of status|as at|as of|position date|snapshot date|date of destination|effective date|day"),
    _field("said_on", "Day on which it was said or checked", "date verified|verified date|date confirmed|confirmed on|said on|last contact|date of contact|last verified|date checked|last confirmed|date last confirmed|last confirmed date"),
    _field("starts_on", "There since", "activity start date|start date|date started|enrolment date|enrolled on|course start|start|there since"),
    _field("ends_on", "Last day there", "activity end date|end date|date ended|withdrawn on|withdrawal date|date withdrawn|left on|last day there"),
    _field("offer_state", "How far the application is", "decision|offer|offer status|application status|offer decision|reply|applicant status|ucas status"),
    _field("sector", "Sector", "sector|sector subject area|industry|ssa"),
    _field("occupation", "Occupation", "occupation|job title|job|role"),
    _field("words", "In words", "notes|comments|comment|remarks|further details|details|in words"),
    _field("school_name", "School that they left", "school|school name|school attended|last school|last school attended|previous school|former school|school left|secondary school|feeder school|sending school|home school|school of origin|name of this school"),
    _field("school_number", "Number of the school that they left", "school number|school urn|urn|laestab|dfe number|school code|previous school urn|last school urn|estab number"),
    _field("postcode", "Postcode, to tell doubtful ones apart", "postcode|post code|home postcode|home post code|pupil postcode|address postcode"),
    _field("moment", "Which moment", "moment|collection|census point|survey point"),
    _field("said_by", "Who said it", "source|said by|informant|source of information|information source"),
)  # fmt: skip

# What a list of destinations tells people apart by: in which year group a college has them says nothing of ours.
LEAVERS_BY = tuple(field for field in IDENTITY if field.key != "year_group")

KINDS: dict[str, tuple[str, tuple[Field, ...]]] = {
    "pupils": ("Pupils", IDENTITY + PUPIL),
    "staff": ("Staff", STAFF),
    "groups": ("Teaching groups", IDENTITY[:-1] + GROUPS + IDENTITY[-1:]),
    "attendance": ("Attendance percentages", IDENTITY + ATTENDANCE),
    "absences": ("A day's absences", IDENTITY + ABSENCES),
    "participation": ("Past participation", IDENTITY + PARTICIPATION),
    "destinations": ("Destinations of leavers", LEAVERS_BY + DESTINATIONS),
}


def fields_of(kind: str) -> dict[str, Field]:
    """The fields of a kind of import, by key."""
    return {field.key: field for field in KINDS["pupils" if kind == "rollover" else kind][1]}
