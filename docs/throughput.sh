#!/bin/sh
# How many requests a second the fake serves beside WireMock: create and get in turn, 32
# connections, each server in a JVM of its own, taking turns in one run after warm-up. Prints the
# medians and their ratio, and the fake's cold start; exits 1 if the ratio is under LIMIT, if set.
#
# usage: docs/throughput.sh [ROUNDS]
set -eu
rounds=${1:-9}
limit=${LIMIT:-0}
flags=${FLAGS:--Xms1g -Xmx1g}
root=$(cd "$(dirname "$0")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

cd "$root"
mvn -B -ntp -q -Dquick -Pbench -pl testkit -am test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/bench-classpath -Dmdep.includeScope=test
# shellcheck disable=SC2086 # the flags are words
exec "$java" $flags -Dbench.flags="$flags" -Dbench.rounds="$rounds" -Dbench.limit="$limit" \
  -cp "testkit/target/test-classes:testkit/target/classes:$(cat testkit/target/bench-classpath)" \
  io.github.seedance4j.testkit.bench.Throughput
