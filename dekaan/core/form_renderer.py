"""Forms in the field's own markup: label, hint, error and control, tied together for screen readers."""

from typing import Any

from django.forms import widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

CLASSES = {
    "text": "govuk-input",
    "email": "govuk-input",
    "password": "govuk-input",
    "number": "govuk-input govuk-input--width-5",
    "date": "govuk-input govuk-input--width-10",
    "time": "govuk-input govuk-input--width-5",
    "search": "govuk-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "selectmultiple": "govuk-select",
    "file": "govuk-file-upload",
    "clearablefile": "govuk-file-upload",
}


class GovukField(BoundField):
    """A field that renders with our classes and names its hint and error in `aria-describedby`."""

    @property
    def kind(self) -> str:
        """Which markup it takes: "ticks", "choices", "checkbox" or "control"."""
        widget = self.field.widget
        if getattr(widget, "is_compact", False):
            return "ticks"
        if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
            return "choices"
        return "checkbox" if isinstance(widget, widgets.CheckboxInput) else "control"

    @property
    def id_for_label(self) -> str:
        """The control's id; of a group of choices, that of the whole group."""
        return super().id_for_label or str(self.auto_id)

    @property
    def ticks(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Lines of boxes, each with the name of its group: value, label and whether it is ticked or chosen."""
        held = self.value()
        chosen = {str(each) for each in ([held] if self.tick_type == "radio" else held or ())}
        lines: dict[str, list[tuple[str, str, bool]]] = {}
        for value, label in self.field.choices:  # type: ignore[attr-defined]
            group, boxes = (value, label) if isinstance(label, list | tuple) else ("", [(value, label)])
            lines.setdefault(group, []).extend((str(key), str(name), str(key) in chosen) for key, name in boxes)
        return list(lines.items())

    @property
    def tick_type(self) -> str:
        """ "checkbox" where several may be ticked, else "radio"."""
        return "checkbox" if isinstance(self.field.widget, widgets.CheckboxSelectMultiple) else "radio"

    @property
    def choice_type(self) -> str:
        """ "radios" or "checkboxes"."""
        return (
            "radios"
            if isinstance(self.field.widget, widgets.RadioSelect)
            and not isinstance(self.field.widget, widgets.CheckboxSelectMultiple)
            else "checkboxes"
        )

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        kind = (
            getattr(widget or self.field.widget, "input_type", None)
            or type(widget or self.field.widget).__name__.lower()
        )
        css = CLASSES.get(kind, "")
        if css and "class" not in (widget or self.field.widget).attrs:
            attrs["class"] = css + (f" {css.split()[0]}--error" if self.errors else "")
        described = [f"{self.id_for_label}-hint"] if self.help_text else []
        described += [f"{self.id_for_label}-error"] if self.errors else []
        if described:
            attrs["aria-describedby"] = " ".join(described)
        return attrs


class GovukRenderer(TemplatesSetting):
    """Writes every form and field with our templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = GovukField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """A template, but for selects: Django's renders one template an option, which costs more than the page."""
        if template_name == "django/forms/widgets/select.html":
            return drawn_select(context["widget"])
        return super().render(template_name, context, request)


def drawn_select(widget: dict[str, Any]) -> SafeString:
    """The same markup as Django's own template."""
    options = [
        format_html('<optgroup label="{}">{}</optgroup>', group, _options(choices)) if group else _options(choices)
        for group, choices, _ in widget["optgroups"]
    ]
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        flatatt(widget["attrs"]),
        mark_safe("".join(options)),  # noqa: S308 every piece is escaped above
    )


def _options(choices: list[dict[str, Any]]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((each["value"], flatatt(each["attrs"]), each["label"]) for each in choices),
    )
