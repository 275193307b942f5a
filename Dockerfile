# The portal as one image: web server, worker, beat and migrations differ by their command alone.
# The commands are those of core/sandbox/commands.py, which `make run` executes; a test compares them.

FROM python:3.11-slim-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# Dependencies first: they change least, and their layers are kept.
COPY Makefile ./
COPY requirements requirements
RUN make .venv/base.stamp
COPY . .
RUN make .venv/base.stamp assets messages
RUN [".venv/bin/python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
# The root file system is read-only later: compile now what Python would compile at each start.
RUN .venv/bin/python -m compileall -q -j 0 . \
    && rm -rf node_modules var/secret_key \
    && mkdir -p var/beat var/metrics var/attachments

FROM python:3.11-slim-bookworm
RUN groupadd --system --gid 10001 portal \
    && useradd --system --uid 10001 --gid portal --home-dir /app --no-create-home portal
WORKDIR /app
COPY --from=build /app /app
# All that is written to: beat's memory of the last runs, the web workers' counters, and the files
# that people attach to requests.
COPY --from=build --chown=10001:10001 /app/var/beat /app/var/beat
COPY --from=build --chown=10001:10001 /app/var/metrics /app/var/metrics
COPY --from=build --chown=10001:10001 /app/var/attachments /app/var/attachments
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    PROMETHEUS_MULTIPROC_DIR=/app/var/metrics
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=6s --start-period=40s --retries=3 \
    CMD ["python", "-m", "core.sandbox.probe"]
CMD ["python", "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning", "seoul_portal.wsgi:application"]
