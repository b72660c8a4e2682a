# Two stages: the first builds the environment, the second holds only what runs.
ARG BASE=python:3.11-slim
FROM ${BASE} AS build
WORKDIR /build
RUN python3 -m venv /opt/nafta-monitor
COPY pyproject.toml requirements.lock README.md CHANGELOG.md LICENSE ./
COPY config config
COPY extractors extractors
COPY storage storage
COPY monitor monitor
# The lock constrains; only what runs is installed.
RUN /opt/nafta-monitor/bin/pip install --no-cache-dir --constraint requirements.lock ".[postgres,parquet]"

FROM ${BASE}
LABEL org.opencontainers.image.title="nafta-monitor" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/nafta-monitor /opt/nafta-monitor
RUN mkdir -p /data && chown 10001:10001 /data
ENV PATH="/opt/nafta-monitor/bin:${PATH}" \
    PYTHONUNBUFFERED=1 \
    HOME=/data
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8787
# Inside a container the page must listen on all addresses, and then it needs a token:
# set NAFTA_MONITOR_WEB__TOKEN (or …__TOKEN_FILE).
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8787/healthz', timeout=4)"]
ENTRYPOINT ["nafta-monitor"]
CMD ["run", "--host", "0.0.0.0"]
