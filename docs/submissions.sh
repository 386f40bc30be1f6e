#!/bin/sh
# How many durable submissions a second 64 threads get on SQLite (WAL, FULL), against a provider in
# the same process that takes no time, beside what the journal does of that alone and what one
# thread commits of single rows; in turns in one run, after warm-up. Prints the rounds, the medians
# and their ratios. The files are in
# DIRECTORY, by default below adapter-store/target: it is that disk which is measured.
#
# usage: docs/submissions.sh [ROUNDS [SUBMISSIONS]]
set -eu
rounds=${1:-5}
each=${2:-20000}
flags=${FLAGS:--Xmx1g}
root=$(cd "$(dirname "$0")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

cd "$root"
mvn -B -ntp -q -Dquick -pl adapter-store -am test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/submissions-classpath -Dmdep.includeScope=test
uptime
# shellcheck disable=SC2086 # the flags are words
exec "$java" $flags \
  -cp "adapter-store/target/test-classes:adapter-store/target/classes:$(cat adapter-store/target/submissions-classpath)" \
  io.github.seedance4j.adapter.store.load.Submissions "${DIRECTORY:-adapter-store/target}" "$rounds" "$each"
