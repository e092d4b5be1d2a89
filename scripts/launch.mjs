// SPDX-License-Identifier: BSD-3-Clause
/**
 * Check Node, find a CPython of 3.11 or newer, hand over to scripts/dev.py.
 *
 * In: the arguments of dev.py, and the variable PYTHON to name an interpreter. Out: dev.py's exit status.
 * It runs before anything is installed, so it imports nothing but Node's own modules, in the form old Nodes know too.
 */
import { spawn, spawnSync } from 'child_process';
import { existsSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

const SCRIPTS = dirname(fileURLToPath(import.meta.url));
const WINDOWS = process.platform === 'win32';
const OLDEST_NODE = [20, 19];
const OLDEST_PYTHON = [3, 11];

const isOlder = (version, oldest) =>
  version[0] < oldest[0] || (version[0] === oldest[0] && version[1] < oldest[1]);

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** The interpreters to try, best first: ours, then 3.11, which is the version whose colours are complete. */
function candidates() {
  if (process.env.PYTHON) {
    return [process.env.PYTHON];
  }
  const own = join(SCRIPTS, '..', '.venv', WINDOWS ? 'Scripts/python.exe' : 'bin/python');
  const names = [
    'python3.11',
    'python3',
    'python',
    'python3.12',
    'python3.13',
    'python3.14',
    'python3.15'
  ];
  return existsSync(own) ? [own, ...names] : names;
}

/** What `command` is: null when it does not run, or is no CPython. */
function probe(command) {
  const code =
    'import importlib.util as u, json, sys; print(json.dumps([sys.implementation.name, list(sys.version_info[:2]), bool(u.find_spec("ensurepip"))]))';
  const ran = spawnSync(command, ['-c', code], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore']
  });
  if (ran.status !== 0) {
    return null;
  }
  const [name, version, canMakeVenv] = JSON.parse(ran.stdout);
  return name === 'cpython' ? { command, version, canMakeVenv } : null;
}

function findPython() {
  const found = [];
  for (const command of candidates()) {
    const python = probe(command);
    if (python && !isOlder(python.version, OLDEST_PYTHON) && python.canMakeVenv) {
      return python.command;
    }
    if (python) {
      found.push(python);
    }
  }
  // Without ensurepip a .venv that stands already still serves; dev.py says what is missing where it has to make one.
  const usable = found.find(python => !isOlder(python.version, OLDEST_PYTHON));
  if (usable) {
    return usable.command;
  }
  const where = process.env.PYTHON ? `PYTHON=${process.env.PYTHON} is` : 'this machine has';
  const what = found.length > 0 ? `only Python ${found[0].version.join('.')}` : 'none that runs';
  return stop(
    `Specialize needs CPython 3.11 or newer, and ${where} ${what}: install one ` +
      '(Debian, Ubuntu: `apt install python3 python3-venv`; macOS: `brew install python@3.11`) or name it with ' +
      '`PYTHON=/path/to/python3.11 npm start`.'
  );
}

const node = process.versions.node.split('.').map(Number);
if (isOlder(node, OLDEST_NODE)) {
  stop(
    `Specialize needs Node ${OLDEST_NODE.join('.')} or newer and this is ${process.versions.node}: ` +
      'install a newer one (`nvm install 22`, or your system’s package) and run the command again.'
  );
}
const child = spawn(findPython(), [join(SCRIPTS, 'dev.py'), ...process.argv.slice(2)], {
  stdio: 'inherit'
});
// Ctrl+C reaches dev.py by itself; this process only has to outlive it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', status => process.exit(status === null ? 1 : status));
