# Makes python/.venv with the pinned packages. Sourced by the launcher.

python_hash() { printf '%s\n' "$root/python/requirements.txt" | hash_of python-venv-2; }

# python_present: the interpreter can be started, and each package has its folder.
python_present() {
  local name
  [ -x "$root/python/.venv/bin/python" ] || return 1
  [ -f "$root"/python/.venv/lib/python3*/site-packages/torch_parity.pth ] || return 1
  for name in torch/lib numpy safetensors matplotlib; do
    (cd "$root/python/.venv/lib" && compgen -G "python3*/site-packages/$name" >/dev/null) || return 1
  done
}

python_set_up() {
  need python3 "Install Python 3.10 to 3.13 with pip and venv."
  python3 -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' ||
    fail "Python 3.10 to 3.13 is needed; $(command -v python3) is $(python3 --version)."
  rm -rf "$root/python/.venv"
  python3 -m venv "$root/python/.venv"
  # The recorder, from where it lies: a line in a .pth file is a folder on the path.
  (cd "$root"/python/.venv/lib/python3*/site-packages && printf '../../../../src\n' >torch_parity.pth)
  # Without retries first: an index that cannot be reached costs minutes, not seconds.
  PIP_RETRIES=0 python_install || python_install
}

python_install() {
  "$root/python/.venv/bin/python" -m pip install --disable-pip-version-check \
    --requirement "$root/python/requirements.txt"
}
