"""要素提取: one clean document in, everything it says with spans out.

From   ``head``, ``people``, ``findings``, ``tasks`` and ``deadlines``.
Takes  A ``CleanText``.
Gives  An ``Extract``; a person confirms it before anything is recorded.
Never  Fails on a text it does not understand: what is not found is absent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.documents import deadlines, findings, head
from zhenggai.kernel.documents.people import people
from zhenggai.kernel.documents.records import Extract, Found
from zhenggai.kernel.documents.tasks import key_tasks

if TYPE_CHECKING:
    from zhenggai.kernel.text.clean import CleanText


def extract(clean: CleanText) -> Extract:
    """Read one document."""
    page = head.cut(clean)
    title = head.title(page)
    published = head.published(page)
    return Extract(
        title=title,
        date=head.happened(page, published),
        published=published,
        place=head.place(page, title),
        issuer=head.issuer(page),
        meeting=head.meeting(page),
        source=head.source(page),
        author=head.author(page),
        people=people(clean),
        findings_sources=findings.findings_sources(clean),
        key_tasks=key_tasks(clean),
        deadlines=tuple(
            Found(p.stated, clean.span(p.start, p.end)) for p in deadlines.find(clean.text)
        ),
        responsible_kinds=findings.responsible_kinds(clean),
        problems=findings.problems(clean),
        figures=findings.figures(clean),
        cited_documents=findings.cited_documents(clean, title=title),
    )
