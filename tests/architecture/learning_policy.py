"""Who may do what about certification: a part of the policy table."""

from __future__ import annotations

from tests.architecture.rules import OPEN, SEE, Rule, can, form, read, write

TEACHING = can("report-progress")
OUR_CLASS = can("report-progress", "maker", "training_class")
PAGES: dict[str, dict[str, Rule]] = {
    "learning:certification": read(),
    "learning:certification_export": read(),
    "learning:class_open": write(TEACHING),
    "learning:topics": form(TEACHING),
    "learning:topics_export": read(),
    "learning:topics_take": write(TEACHING),
    "learning:topic": form(TEACHING),
    "learning:questions_add": write(TEACHING),
    "learning:questions_export": read(),
    "learning:question_drop": write(TEACHING),
    "learning:class": form(OUR_CLASS),
    "learning:class_enrol": write(OUR_CLASS),
    "learning:class_code_open": write(OUR_CLASS),
    "learning:class_code_close": write(OUR_CLASS),
    "learning:results": write(OUR_CLASS),
    "learning:session_plan": write(TEACHING),
    "learning:session": form(TEACHING),
    "learning:session_there": write(OUR_CLASS),
    "learning:trainee": form(OUR_CLASS),
    "learning:trainee_left": write(OUR_CLASS),
    "learning:try_allow": write(OUR_CLASS),
    "learning:practical": form(OUR_CLASS, OUR_CLASS),
    "learning:certificate_lapse": write(OUR_CLASS),
    "learning:enter": {"GET": OPEN, "POST": OPEN},
    "learning:tests": {"GET": OPEN, "POST": OPEN},
    "learning:test": {"GET": OPEN, "POST": OPEN},
}
_HERE = "/api/learning/engagements/{engagement}"
_TOPIC, _CLASS = "/api/learning/topics/{topic}", "/api/learning/classes/{training_class}"
_SESSION, _TRAINEE = "/api/learning/sessions/{learning_session}", "/api/learning/people/{trainee}"
OPERATIONS: dict[str, Rule] = {
    f"GET {_HERE}/topics": SEE,
    f"POST {_HERE}/topics": TEACHING,
    f"POST {_HERE}/topics/inventory": TEACHING,
    f"PUT {_TOPIC}": TEACHING,
    f"GET {_TOPIC}/questions": SEE,
    f"POST {_TOPIC}/questions": TEACHING,
    "POST /api/learning/questions/{question}/drop": TEACHING,
    f"GET {_HERE}/classes": SEE,
    f"POST {_HERE}/classes": TEACHING,
    f"PUT {_CLASS}": OUR_CLASS,
    f"GET {_CLASS}/people": SEE,
    f"POST {_CLASS}/people": OUR_CLASS,
    f"POST {_CLASS}/code": OUR_CLASS,
    f"POST {_CLASS}/code/end": OUR_CLASS,
    f"GET {_CLASS}/sessions": SEE,
    f"POST {_CLASS}/sessions": TEACHING,
    f"PUT {_SESSION}": TEACHING,
    f"POST {_SESSION}/attendance": OUR_CLASS,
    f"POST {_CLASS}/results": OUR_CLASS,
    f"GET {_TRAINEE}/tries": SEE,
    f"POST {_TRAINEE}/practicals": OUR_CLASS,
    f"POST {_TRAINEE}/extra-tries": OUR_CLASS,
    f"POST {_TRAINEE}/leaving": OUR_CLASS,
    "POST /api/learning/certificates/{certificate}/lapse": OUR_CLASS,
}
