"""What the daemon counts, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Histogram


class Metrics:
    """Counters of one daemon, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.polls = Counter(
            "nafta_monitor_polls",
            "Polls of feeds, by what came of them.",
            ["outcome"],
            registry=self.registry,
        )
        self.entries = Counter(
            "nafta_monitor_entries",
            "Entries that were new or edited.",
            ["kind"],
            registry=self.registry,
        )
        self.articles = Counter(
            "nafta_monitor_articles",
            "Articles, by stage and what came of it.",
            ["stage", "outcome"],
            registry=self.registry,
        )
        self.events = Counter(
            "nafta_monitor_events",
            "Events that were made, changed or withdrawn.",
            ["change"],
            registry=self.registry,
        )
        self.deliveries = Counter(
            "nafta_monitor_deliveries",
            "Attempts to deliver a webhook, by what came of them.",
            ["outcome"],
            registry=self.registry,
        )
        self.stage_seconds = Histogram(
            "nafta_monitor_stage_seconds",
            "Seconds that one item spent in a stage.",
            ["stage"],
            registry=self.registry,
        )
