#!/bin/sh
# What the gateway adds to a status read and to a durable submission, over calling the provider
# directly (one connection each, in turns in one run, medians), and how many status reads a second
# it serves to 16 connections; how long it takes from the command to its first answer. The provider
# is the sandbox's, in a process of its own. The journal lies in DIRECTORY, by default below
# adapter-rest/target: it is that disk which is measured.
#
# usage: docs/gateway.sh [ROUNDS]
set -eu
rounds=${1:-9}
root=$(cd "$(dirname "$0")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
cd "$root"
mvn -B -ntp -q -o -Dquick -pl adapter-rest -am test-compile
./seedance --version > /dev/null # built
directory=$(mktemp -d "${DIRECTORY:-adapter-rest/target}/load-XXXXXX")
XDG_STATE_HOME=$directory
export XDG_STATE_HOME
gateway=
trap 'kill $gateway 2> /dev/null; wait; rm -rf "$directory"' EXIT
trap 'exit 130' INT TERM

starts=
for start in 1 2 3 4 5; do
  port=$((20000 + ($$ + start * 997) % 20000))
  begin=$(date +%s%N)
  ./seedance serve --sandbox --port $port --task-seconds 600 > "$directory/out" 2> "$directory/err" &
  gateway=$!
  until curl -sf "http://127.0.0.1:$port/health" > /dev/null; do
    kill -0 $gateway || { cat "$directory/err" >&2; exit 1; }
  done
  starts="$starts $((($(date +%s%N) - begin) / 1000000))"
  [ $start = 5 ] || { kill $gateway; wait $gateway || :; }
done
echo "from the command to its first answer, ms:$starts"
until grep -q '/_fake' "$directory/err"; do :; done
key=$(sed -n 's/^export TOKENHUB_API_KEY=//p' "$directory/out")
hub=$(sed -n 's|.*\(http://[^ ]*\)/_fake.*|\1|p' "$directory/err")
uptime
"$java" -cp adapter-rest/target/test-classes io.github.seedance4j.adapter.rest.load.Overhead \
  "http://127.0.0.1:$port/api/v1" "$key" "$hub/api/v1" "$rounds"
