#!/bin/sh
# Runs Electron ($QIAO_ELECTRON) in a D-Bus session of its own with an unlocked keychain. The keychain lies in
# $QIAO_TEST_KEYRING, so that the next start of the same installation finds what was kept there, and the user's own is
# never touched.
if [ -z "$QIAO_TEST_IN_SESSION" ]; then
  QIAO_TEST_IN_SESSION=1 exec dbus-run-session -- "$0" "$@"
fi
export XDG_DATA_HOME="$QIAO_TEST_KEYRING/data" XDG_RUNTIME_DIR="$QIAO_TEST_KEYRING/run"
mkdir -p "$XDG_DATA_HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
# Answers once it can be asked; it ends with the session.
printf 'test' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
"$QIAO_ELECTRON" "$@"
