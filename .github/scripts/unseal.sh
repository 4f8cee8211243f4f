#!/usr/bin/env bash
# Open a sealed plan, and refuse another one than was reviewed. The private key comes on standard input.
# usage: unseal.sh SEALED SHA256 STACK_FOLDER < PRIVATE_KEY
set -euo pipefail
sealed=$1 expected=$2 folder=$3
mkdir -p "${folder}"
openssl cms -decrypt -binary -inform DER -in "${sealed}" -inkey /dev/stdin |
  tar --extract --directory "${folder}" cdk.tf.json origins.json .terraform.lock.hcl plan.tfplan plan.json
found=$(sha256sum "${folder}/plan.json" | cut -d ' ' -f 1)
if [[ ${found} != "${expected}" ]]; then
  rm -f "${folder}/plan.tfplan" "${folder}/plan.json"
  printf '%s\n  the reviewed plan is %s\n  found %s\n\nhint: %s\n' \
    "the plan was exchanged after its review" "${expected}" "${found}" "run the workflow again from its start" >&2
  exit 2
fi
