# Sourced inside the build environment: builds in $DUBROOM_BUILD.
# shellcheck disable=SC2154

build_project() {
  local top=$1 log
  mkdir -p "$DUBROOM_BUILD"
  exec 9>"$DUBROOM_BUILD/lock"
  flock 9
  log=$DUBROOM_BUILD/build.log
  if [ ! -f "$DUBROOM_BUILD/build.ninja" ]; then
    meson setup "$DUBROOM_BUILD" "$top" ${CI:+-Dwerror=true} >"$log" 2>&1 || { cat "$log" >&2; return 1; }
  fi
  ninja -C "$DUBROOM_BUILD" >"$log" 2>&1 || { tail -60 "$log" >&2; return 1; }
  exec 9>&-
}

# What an installed program finds by itself: icons, the settings' schema.
use_build_tree() {
  local top=$1
  export GSETTINGS_SCHEMA_DIR=$DUBROOM_BUILD/data
  export XDG_DATA_DIRS=$top/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
}
