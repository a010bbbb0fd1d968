"""Has schemathesis show the key of the partner that calls, where its profiles say that it stands."""

import os

import schemathesis

KEY = os.environ["CALLER_KEY"]


@schemathesis.hook
def before_call(context, case, kwargs):
    if not case.path.startswith("/callbacks/"):
        return
    case.headers["X-Api-Key"] = KEY
    if isinstance(case.body, dict) and "SecurityCode" in case.body:
        case.body["SecurityCode"] = KEY
