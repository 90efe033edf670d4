"""Saxon, which runs compiled rules: loaded when first needed, in a thread of its own.

Loading takes half a second and 200 MB, so it happens once per process and never at
start-up. All of Saxon lives in one thread: its objects may not wander between threads.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from saxonche import PySaxonProcessor, PyXsltExecutable


class BadRules(ValueError):
    """A file of rules that cannot be run; the message is Saxon's own."""


class Saxon:
    """Runs stylesheets. Made and used in the one thread of ``_EXECUTOR``."""

    def __init__(self) -> None:
        # The one import that waits: it is what costs.
        from saxonche import PySaxonProcessor

        self._processor: PySaxonProcessor = PySaxonProcessor(license=False)
        self._compiled: dict[tuple[Path, str], PyXsltExecutable] = {}

    def run(self, stylesheet: Path, sha256: str, xml: str) -> str:
        rules = self._compiled.get((stylesheet, sha256))
        if rules is None:
            compiler = self._processor.new_xslt30_processor()
            rules = compiler.compile_stylesheet(stylesheet_file=str(stylesheet))
            self._compiled[stylesheet, sha256] = rules
        node = self._processor.parse_xml(xml_text=xml)
        report: str | None = rules.transform_to_string(xdm_node=node)
        return report or ""


def transform(stylesheet: Path, *, sha256: str, xml: str) -> str:
    """Return what ``stylesheet`` makes of ``xml``.

    ``sha256`` is that of the stylesheet: a file that changed is compiled anew. Raises
    BadRules if it cannot be run.
    """
    executor = _executor(os.getpid())
    return executor.submit(_transform, stylesheet, sha256, xml).result()


def _transform(stylesheet: Path, sha256: str, xml: str) -> str:
    from saxonche import PySaxonApiError

    try:
        return _saxon().run(stylesheet, sha256, xml)
    except PySaxonApiError as error:
        raise BadRules(str(error)) from error


@cache
def _saxon() -> Saxon:
    return Saxon()


_MAKING = Lock()
_EXECUTORS: dict[int, ThreadPoolExecutor] = {}


def _executor(process: int) -> ThreadPoolExecutor:
    """Return the thread of this process; one that was forked makes its own."""
    with _MAKING:
        if process not in _EXECUTORS:
            _saxon.cache_clear()
            _EXECUTORS[process] = ThreadPoolExecutor(1, thread_name_prefix="saxon")
        return _EXECUTORS[process]
