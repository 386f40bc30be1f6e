#!/bin/sh
# How long "seedance quote hello --json" takes beside a JVM hello world: both cold, taking turns in
# one run, medians of RUNS (20). Prints both and their ratio; exits 1 if that is over LIMIT (4.5).
#
# usage: docs/startup.sh [RUNS]
# SEEDANCE=FILE measures another launcher, such as bin/seedance of the download, once it has its archive
set -eu
runs=${1:-20}
limit=${LIMIT:-4.5}
root=$(cd "$(dirname "$0")/.." && pwd)
seedance=${SEEDANCE:-$root/seedance}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/Hello.java" << 'JAVA'
public class Hello {
  public static void main(String[] args) {
    System.out.println("hello");
  }
}
JAVA
"${java}c" -d "$work" "$work/Hello.java"

now() { date +%s%N; }
hello() { "$java" -cp "$work" Hello > /dev/null; }
quote() { "$seedance" quote hello --json > /dev/null; }
middle() { sort -n "$1" | sed -n "$(((runs + 1) / 2))p"; }

quote # builds, where that is needed, and is not measured
i=0
while [ "$i" -lt "$runs" ]; do
  begin=$(now); hello; end=$(now); echo $(((end - begin) / 10000)) >> "$work/hello"
  begin=$(now); quote; end=$(now); echo $(((end - begin) / 10000)) >> "$work/quote"
  i=$((i + 1))
done
awk -v hello="$(middle "$work/hello")" -v quote="$(middle "$work/quote")" -v limit="$limit" -v runs="$runs" '
  BEGIN {
    printf "hello world %.1f ms, seedance quote %.1f ms: %.2f times (limit %s, median of %d)\n",
      hello / 100, quote / 100, quote / hello, limit, runs
    exit quote / hello > limit
  }'
