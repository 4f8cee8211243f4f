#!/usr/bin/env bash
# Plan one stack and tell whether there is a plan to review. `delivery plan` ends with the verdict: 0 safe, 3 needs
# a human, 1 blocked; all three are for the review to tell. Without a plan its own code and message stand.
# usage: plan.sh plan|drift STACK
set -euo pipefail
kind=$1 stack=$2
case ${kind} in
  plan) made=cdktf.out/stacks/${stack}/plan.json ;;
  drift) made=cdktf.out/stacks/${stack}/${stack}.drift.json ;;
esac
code=0
.venv/bin/python -m delivery "${kind}" "${stack}" || code=$?
if [[ ! -f ${made} ]]; then
  exit "$((code == 0 ? 2 : code))"
fi
printf '%s\n' "${code}"
