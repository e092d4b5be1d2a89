// SPDX-License-Identifier: BSD-3-Clause
/**
 * Run pytest in a CPython that is compiled to WebAssembly.
 *
 * In: the folder of a `pyodide` package, folders to show to that CPython as `/name=folder`, `--`, pytest's arguments.
 * Out: pytest's exit status and output. Names of files are those that CPython sees; `/half` is where it stands.
 */
import { join } from 'path';
import { pathToFileURL } from 'url';

const [pyodide, ...rest] = process.argv.slice(2);
const end = rest.indexOf('--');
const { loadPyodide } = await import(pathToFileURL(join(pyodide, 'pyodide.mjs')).href);
const python = await loadPyodide({ indexURL: join(pyodide, '/') });
for (const shown of rest.slice(0, end)) {
  const [at, folder] = shown.split('=');
  python.FS.mkdirTree(at);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, at);
}
python.globals.set('arguments', python.toPy(rest.slice(end + 1)));
python.globals.set('environment', python.toPy({ SPECIALIZE_SITES: process.env.SPECIALIZE_SITES }));
const status = python.runPython(`
import os, sys
os.environ.update(environment)
os.chdir("/half")
sys.path[:0] = ["/site", "/half/src"]
sys.dont_write_bytecode = True
import pytest
int(pytest.main(arguments))
`);
// A CPython in WebAssembly leaves handles behind that would keep Node alive.
process.exit(status);
