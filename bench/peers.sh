#!/usr/bin/env bash
# The peers, each in its own Python environment under bench/work: peers.sh. Prints the names of those that are there.
# A peer that can't be installed (no Python, no package index) is told and left out.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")"
install() { # name, packages
  local name=$1 home=work/venv/$1
  shift
  if [ ! -f "$home/ready" ]; then
    rm -rf "$home"
    if ! { python3 -m venv "$home" && "$home/bin/pip" install --quiet --disable-pip-version-check "$@"; } >"work/$name.log" 2>&1; then
      echo "$name is left out: it could not be installed (bench/work/$name.log)" >&2
      return
    fi
    touch "$home/ready"
  fi
  echo "$name"
}
mkdir -p work/venv
command -v python3 >/dev/null || { echo "the peers are left out: there is no Python" >&2; exit 0; }
install airbyte airbyte-cdk==7.39.1
install singer singer-sdk==0.54.9 msgspec
install dlt "dlt[duckdb,sqlalchemy]==1.31.0" duckdb==2.0.0 pyarrow
