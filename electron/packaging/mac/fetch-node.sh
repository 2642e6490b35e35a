#!/usr/bin/env bash
# Puts the official Node for both kinds of Mac where electron-builder.yml looks for it, checked against its sums.
set -euo pipefail
version=24.21.0
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
cd "$(mktemp -d)"
curl -fsSLO "https://nodejs.org/dist/v$version/SHASUMS256.txt"
for arch in arm64 x64; do
  name="node-v$version-darwin-$arch"
  curl -fsSLO "https://nodejs.org/dist/v$version/$name.tar.gz"
  grep " $name.tar.gz\$" SHASUMS256.txt | shasum -a 256 -c -
  tar -xzf "$name.tar.gz"
  mkdir -p "$root/vendor/node-mac-$arch/bin"
  cp "$name/bin/node" "$root/vendor/node-mac-$arch/bin/node"
  cp "$name/LICENSE" "$root/vendor/node-mac-$arch/LICENSE"
done
