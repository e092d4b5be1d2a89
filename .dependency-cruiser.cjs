// SPDX-License-Identifier: BSD-3-Clause
/** The layers of src/: payload, model, color, tokens <- editor <- kernel, output <- plugins. */

const FRAMEWORKS = '@jupyterlab/|@jupyter/|@lumino/|@codemirror/';

/** One layer may not import what stands behind it. */
const layer = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}` },
  to: { path: to }
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    layer('core-imports-no-room', '(payload|model|color)/', '^src/(editor|kernel|output|plugins)/'),
    layer('core-imports-no-framework', '(payload|model|color)/', `node_modules/(${FRAMEWORKS})`),
    layer('payload-stands-alone', 'payload/', '^src/(model|color)/'),
    layer('editor-knows-no-lab', 'editor/', 'node_modules/(@jupyterlab/|@lumino/)'),
    layer('editor-imports-no-room', 'editor/', '^src/(kernel|output|plugins)/'),
    layer('rooms-import-no-plugin', '(kernel|output)/', '^src/(plugins/|index)'),
    layer('plugins-do-not-meet', 'plugins/', '^src/index'),
    {
      // Not singletons in JupyterLab: a second copy would be bundled.
      name: 'types-only-from-unshared-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: 'node_modules/@jupyterlab/(cells|outputarea|docregistry)/',
        dependencyTypesNot: ['type-only']
      }
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['^src/index\\.ts$', '\\.d\\.ts$'] },
      to: {}
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' }
  }
};
