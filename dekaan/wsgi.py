"""The door for a web server. In production mode it stays shut on what is unsafe, and says why."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")
application = get_wsgi_application()

from dekaan.core.production import refuse_what_is_unsafe  # noqa: E402 the settings are read by then

refuse_what_is_unsafe()
