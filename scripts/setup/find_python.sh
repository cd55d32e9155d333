# Sourced by scripts/serve and scripts/test: finds a Python that can run the project.
#
# The machine's default python3 comes first; a candidate is run, not only looked up, because
# version managers leave launchers on PATH for versions that are not selected.

# What was meant for another Python must not leak into this one.
unset PYTHONHOME PYTHONPATH PYTHONSAFEPATH

find_python() {
  local candidate
  for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  {
    echo "没有找到 3.11 或更新的 Python。"
    echo "  办法：安装后再运行本命令，例如 Debian、Ubuntu：sudo apt-get install python3 python3-venv"
  } >&2
  return 1
}
