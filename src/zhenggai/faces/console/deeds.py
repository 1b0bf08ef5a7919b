"""办理: one act a form may do on one item: its title, its fields, the one action it calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict
    from django.utils.functional import _StrPromise

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act

    Words = str | _StrPromise
    Said = tuple[QueryDict, MultiValueDict[str, UploadedFile[bytes]]]

DAY = {"placeholder": "2026-09-17", "type": "date"}
DAY_ERRORS = {
    "required": gettext_lazy("填写日期，例如 2026-09-17"),
    "invalid": gettext_lazy("日期不能识别，写成 2026-09-17"),
}
TEXT_ERRORS = {"required": gettext_lazy("写明内容后提交")}
CHOICE_ERRORS = {
    "required": gettext_lazy("选择一项"),
    "invalid_choice": gettext_lazy("所选内容不在列，刷新后重选"),
}
LARGEST_FILE = 20 * 2**20


class ItemForm(forms.Form):
    """A form about one item; what it may offer depends on the item and the day."""

    use_required_attribute = True

    def __init__(self, verb: str, item: Item, on: date, said: Said | None = None) -> None:
        self.item = item
        self.on = on
        data, files = said or (None, None)
        super().__init__(data, files, auto_id=f"{verb}-%s")
        self.fit()

    def fit(self) -> None:
        """Fill in the choices the item allows; most forms need none."""

    def possible(self) -> bool:
        """Whether every choice that must be made has something to choose."""
        asked = (f for f in self.fields.values() if isinstance(f, forms.ChoiceField) and f.required)
        return all(any(True for _ in cast("Iterable[object]", f.choices)) for f in asked)


@dataclass(frozen=True, slots=True)
class Deed:
    """One act as a page offers it.

    Parameters
    ----------
    verb
        As ``offered`` and ``doable`` name it.
    run
        Calls the one action, with the item's code and the cleaned fields.
    place
        The part of the item's page to which the person is taken back.
    moves
        Whether the item moves, so that a form drawn before somebody else's act is refused.
    """

    verb: str
    title: _StrPromise
    button: _StrPromise
    done: _StrPromise
    run: Callable[[str, Mapping[str, Any], Act], str]
    form: type[ItemForm] = ItemForm
    place: str = "top"
    moves: bool = False


def day_field(label: Words, *, required: bool = True, help_text: Words = "") -> forms.DateField:
    """Return a field for one day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages=DAY_ERRORS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY),
    )


def text_field(
    label: Words, *, required: bool = True, rows: int = 3, help_text: Words = ""
) -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=help_text,
        error_messages=TEXT_ERRORS,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line_field(
    label: Words, longest: int, *, required: bool = True, help_text: Words = ""
) -> forms.CharField:
    """Return a field for one line of words."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        error_messages=TEXT_ERRORS,
    )


def choice_field(
    label: Words, *, radio: bool = False, required: bool = True, help_text: Words = ""
) -> forms.ChoiceField:
    """Return a field to choose one; the form fills in what there is to choose."""
    return forms.ChoiceField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages=CHOICE_ERRORS,
        widget=forms.RadioSelect() if radio else forms.Select(),
    )


def file_field(label: Words, *, help_text: Words = "") -> forms.FileField:
    """Return a field for one file of bounded size."""
    return forms.FileField(
        label=label,
        help_text=help_text or gettext_lazy("不超过20 MB"),
        error_messages={
            "required": gettext_lazy("选择一个文件"),
            "empty": gettext_lazy("文件是空的，重新选择"),
        },
        validators=[_not_too_large],
    )


def _not_too_large(file: UploadedFile[bytes]) -> None:
    if (file.size or 0) > LARGEST_FILE:
        raise forms.ValidationError(gettext_lazy("文件超过20 MB，压缩或拆分后再传"))


def choices(
    field: forms.Field, pairs: Iterable[tuple[object, object]], blank: Words | None = None
) -> None:
    """Give a choice field what there is to choose."""
    listed = [(str(value), label) for value, label in pairs]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", blank), *listed] if blank is not None else listed
