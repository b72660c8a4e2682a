"""Log lines: one event, one line, no control characters, no secrets."""

import logging
import sys
import traceback
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

from monitor.masking import masked
from monitor.text_tables import shown

# What structlog hands to itself.
_INTERNAL = frozenset({"exc_info", "_record", "_from_structlog", "positional_args"})


def configure_logs(form: Literal["text", "json"], level: str) -> None:
    """Send log lines to standard error as *form*; ours and the libraries' alike."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _one_line_each,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    renderer: Processor
    if form == "json":
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(_safe_traceback),
            renderer,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # Each request and each tick of theirs is no news; their warnings are.
    for noisy in ("httpx", "httpcore", "apscheduler", "uvicorn", "trafilatura", "alembic"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))


def _one_line_each(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Show what an outsider may have put into a title or address, never send it."""
    return {key: value if key in _INTERNAL else _safe(value) for key, value in event.items()}


def _safe(value: Any) -> Any:
    if isinstance(value, dict):
        return {_safe(key): _safe(item) for key, item in value.items()}
    if type(value) in {list, tuple}:
        return [_safe(item) for item in value]
    return masked(shown(value)) if isinstance(value, str) else value


def _safe_traceback(exc_info: ExcInfo) -> str:
    """A traceback, indented: what the error says cannot pass for a line of the log."""
    lines = "".join(traceback.format_exception(*exc_info)).splitlines()
    return "\n".join(f"    {masked(shown(line))}" for line in lines)
