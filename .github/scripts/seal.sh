#!/usr/bin/env bash
# A plan holds what Terraform masks only on the screen, so it leaves its job sealed: only the holder of
# the private key, a secret of the GitHub environment, opens it. The SHA-256 of the JSON goes beside it, readable.
# usage: seal.sh STACK_FOLDER CERTIFICATE SEALED
set -euo pipefail
folder=$1 certificate=$2 sealed=$3
tar --create --directory "${folder}" cdk.tf.json origins.json .terraform.lock.hcl plan.tfplan plan.json |
  openssl cms -encrypt -binary -aes256 -outform DER -out "${sealed}" "${certificate}"
sha256sum "${folder}/plan.json" | cut -d ' ' -f 1
