#!/usr/bin/env bash
# Fuzzes every target for SECONDS_EACH (default 7200), starting from the repository's own files. Needs cargo-fuzz and a nightly toolchain, or
# RUSTC_BOOTSTRAP=1. Findings are left in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")"
seconds="${SECONDS_EACH:-7200}"
seed() { # target, files…
  mkdir -p "corpus/$1"
  local target="$1"
  shift
  for file in "$@"; do
    # Small files are better seeds.
    if [ -f "$file" ] && [ "$(stat -c %s "$file")" -le 20000 ]; then
      cp -n "$file" "corpus/$target/$(sha256sum "$file" | cut -c1-16)"
    fi
  done
}
shopt -s globstar nullglob
seed json ../examples/**/*.json ../tests/**/*.json
seed safetensors ../examples/**/*.safetensors ../tests/**/*.safetensors
seed npz ../tests/**/*.npz
seed nnet ../tests/**/*.nnet
seed onnx ../examples/**/*.onnx ../tests/**/*.onnx
seed normals ../tests/**/*.arr
seed certificate ../proofs/*.rcert ../verifier/tests/**/*.rcert
seed sealed ../proofs/*.rcert ../verifier/tests/**/*.rcert
mkdir -p corpus/binding corpus/numbers
for file in corpus/json/*; do
  { printf '\0'; cat "$file"; } > "corpus/binding/$(basename "$file")"
done
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  targets=(json safetensors npz nnet onnx normals numbers certificate sealed binding)
fi
for target in "${targets[@]}"; do
  cargo fuzz run "$target" -- -max_total_time="$seconds" -timeout=30 -rss_limit_mb=2048 -print_final_stats=1 -dict=words.dict
done
