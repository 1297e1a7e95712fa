#!/bin/sh
# Starts the course on Linux and macOS: finds a Python that is new enough, or says what to install.
cd "$(dirname "$0")" || exit 1
for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$name" -m bonelab "$@"
    fi
done
echo "This course needs Python 3.11 or newer, and none was found on this computer."
echo "macOS and Windows: get it from python.org. Linux: install the package python3."
echo "Then start this file again."
printf "Press Enter to close. "
read -r _
exit 1
