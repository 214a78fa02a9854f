#!/usr/bin/env bash
# The check step of action.yml. The inputs come only in environment variables, never as text in this script.
set -uo pipefail
folder=$RUNNER_TEMP/perftarget/bin
[ -d "$folder" ] || folder=$RUNNER_TEMP/perftarget/Scripts
counts=$RUNNER_TEMP/perftarget.json
rm -f "$counts"

arguments=("--format=json=$counts" "--lang=$LANGUAGE_OF_MESSAGES")
[ -z "$SINCE" ] || arguments+=("--since=$SINCE")
[ -z "$PROFILE" ] || arguments+=("--profile=$PROFILE")
[ -z "$BASELINE" ] || arguments+=("--baseline=$BASELINE")
[ "$STRICT" != true ] || arguments+=(--strict)
[ -z "$SARIF" ] || arguments+=("--format=sarif=$SARIF")
[ -z "$HTML" ] || arguments+=("--format=html=$HTML")
arguments+=(--)
while IFS= read -r path; do
  path=${path%$'\r'}
  [ -z "$path" ] || arguments+=("$path")
done <<<"$PATHS"

"$folder/perftarget" validate "${arguments[@]}"
code=$?
{
  echo "exit-code=$code"
  [ ! -f "$counts" ] || "$folder/python" -c '
import json, sys
summary = json.load(open(sys.argv[1], encoding="utf-8"))["summary"]
print(*(f"{name}={summary[name]}" for name in ("errors", "warnings", "tables")), sep="\n")
' "$counts"
} >>"$GITHUB_OUTPUT"
exit "$code"
