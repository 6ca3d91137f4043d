# syntax=docker/dockerfile:1
# The site with everything it serves. Data (database, media, secret key) lives in the volume /data.
#
#   docker build --tag initiative .
#   docker run --rm --volume initiative:/data initiative python manage.py migrate
#   docker run --publish 8000:8000 --volume initiative:/data initiative

FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
# Or requirements-optional.txt, for files in a bucket or reports of errors.
ARG REQUIREMENTS=requirements.txt
RUN python -m venv /packages
COPY requirements.txt requirements-optional.txt ./
RUN /packages/bin/pip install --require-hashes --requirement $REQUIREMENTS

FROM packages AS site
WORKDIR /site
COPY . .
# The key is for this step only; nothing of it stays in what is built.
RUN SECRET_KEY=build DATA_DIR=/tmp/data /packages/bin/python manage.py compile_translations \
 && SECRET_KEY=build DATA_DIR=/tmp/data STATIC_ROOT=/site/collected /packages/bin/python manage.py collectstatic --no-input --verbosity 0 \
 && /packages/bin/python -m compileall -q -j 0 /site

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, for `manage.py backup` and `restore`.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client-15 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home site && install --directory --owner site --group site /data
COPY --from=packages /packages /packages
COPY --from=site /site /site
WORKDIR /site
ENV PATH=/packages/bin:$PATH PYTHONUNBUFFERED=1 DATA_DIR=/data STATIC_ROOT=/site/collected BIND=0.0.0.0:8000
USER site
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn"]
