"""The door for a web server. In production mode it stays shut on what is unsafe, and says why."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")
application = get_wsgi_application()

from dekaan.core.plain import PlainRequest  # noqa: E402 the same
from dekaan.core.production import refuse_what_is_unsafe  # noqa: E402 the settings are read by then

application.request_class = PlainRequest
refuse_what_is_unsafe()
