// SPDX-License-Identifier: BSD-3-Clause
/**
 * The layers of src/, an arrow is an import:
 * index -> plugins -> panel, tour -> kernel -> output, notebook -> editor -> tokens -> payload, model,
 * color.
 * payload, model and color also run without a browser: no Lab, no CodeMirror there.
 */

const LAB = '@jupyterlab/|@jupyter/|@lumino/';

/** What lies in `from` may not import what matches `to`. */
const layer = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: `^src/(${from})` },
  to: { path: to }
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    layer(
      'core-imports-no-room',
      'payload/|model/|color/',
      '^src/(editor|notebook|kernel|output|panel|tour|plugins)/'
    ),
    layer('core-imports-no-token', 'payload/|model/|color/', '^src/(tokens|index)\\.ts$'),
    layer('core-imports-no-framework', 'payload/|model/|color/', `/(${LAB}|@codemirror/)`),
    layer('payload-stands-alone', 'payload/', '^src/(model|color)/'),
    layer(
      'tokens-import-no-room',
      'tokens\\.ts',
      '^src/(editor|notebook|kernel|output|panel|tour|plugins|index)'
    ),
    layer('editor-knows-no-lab', 'editor/', `/(${LAB})`),
    layer(
      'editor-imports-no-room',
      'editor/',
      '^src/(notebook|kernel|output|panel|tour|plugins|index)'
    ),
    layer('notebook-imports-no-room', 'notebook/', '^src/(kernel|output|panel|tour|plugins|index)'),
    layer('output-imports-no-room', 'output/', '^src/(kernel|panel|tour|plugins|index)'),
    layer('kernel-imports-no-panel', 'kernel/', '^src/(panel|tour|plugins|index)'),
    layer('panel-imports-no-plugin', 'panel/', '^src/(plugins|index)'),
    layer('tour-imports-no-plugin', 'tour/', '^src/(plugins|index)'),
    layer('plugins-import-no-index', 'plugins/', '^src/index'),
    {
      // JupyterLab shares one copy of most packages; of these an import would bundle a second one.
      name: 'types-only-from-unshared-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: '/@jupyterlab/(cells|outputarea|docregistry|nbformat)/',
        dependencyTypesNot: ['type-only']
      }
    },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] }
    },
    {
      name: 'no-tool-in-the-product',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] }
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
