#!/usr/bin/env bash
# Apply the plan that was unsealed into a stack's folder, in the name of who approved it, and settle the state.
# usage: apply.sh STACK APPROVER
set -euo pipefail
stack=$1 approver=$2
folder=cdktf.out/stacks/${stack}
terraform -chdir="${folder}" init -input=false -lockfile=readonly
.venv/bin/planproof approve "${folder}/plan.json" --by "${approver}" --output "${folder}/approval.json"
.venv/bin/planproof apply "${folder}/plan.tfplan" --approved-by "${folder}/approval.json"
.venv/bin/python -m delivery settle "${stack}"
