// SPDX-License-Identifier: BSD-3-Clause
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const LICENCE = '// SPDX-License-Identifier: BSD-3-Clause';

/** A rule of our own: the first line of a file names its licence. */
const house = {
  rules: {
    'licence-first': {
      meta: { type: 'suggestion', messages: { missing: `The first line has to be: ${LICENCE}` } },
      create: context => ({
        Program: node => {
          if (context.sourceCode.lines[0] !== LICENCE) {
            context.report({ node, messageId: 'missing' });
          }
        }
      })
    }
  }
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/test-results/',
      '**/.venv/',
      '.cache/',
      'lib/',
      'jupyterlab_specialize/labextension/'
    ]
  },
  {
    files: ['**/*.ts', '**/*.mts', '**/*.js', '**/*.mjs', '**/*.cjs'],
    plugins: { house },
    rules: { 'house/licence-first': 'error', curly: ['error', 'all'], eqeqeq: 'error' }
  },
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.mts'] } }
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'interface', format: ['PascalCase'], custom: { regex: '^I[A-Z]', match: true } }
      ],
      // `type` for data and `interface` for services: the naming rule tells them apart.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }]
    }
  },
  {
    // What runs in the pages of the kernel half, which no compiler looks at.
    files: ['python_kernel_ext/**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...['document', 'Node', 'CSS', 'matchMedia', 'setTimeout', 'clearTimeout'],
          ...['addEventListener', 'innerHeight', 'scrollX', 'scrollY']
        ].map(name => [name, 'readonly'])
      )
    },
    rules: {
      'no-undef': 'error',
      'no-unused-vars': 'error',
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map(property => ({ property }))
      ]
    }
  },
  { plugins: { jupyter } },
  ...jupyter.configs.recommended,
  {
    files: ['src/**/*.ts'],
    // Signals take a method and its `this` side by side; jupyter/require-signal-this-arg sees to it.
    rules: { '@typescript-eslint/unbound-method': 'off' }
  },
  {
    // dependency-cruiser holds the imports of these layers; the page's globals need no import.
    files: ['src/{payload,model,color}/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', 'document', 'window', 'navigator', 'HTMLElement'] }
  },
  {
    // What a page lacks ends a spec at once, as it should.
    files: ['ui-tests/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' }
  },
  {
    files: ['src/plugins/*.ts'],
    rules: {
      // Lazy parts would come one event too late: an editor's extension has to stand before the
      // first notebook opens, and the whole bundle is smaller than a round trip is worth.
      'jupyter/prefer-lazy-imports': 'off'
    }
  },
  prettier
);
