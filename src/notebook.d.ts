// SPDX-License-Identifier: BSD-3-Clause
/* A notebook that is imported comes as its JSON (webpack.config.cjs). */
declare module '*.ipynb' {
  import type { INotebookContent } from '@jupyterlab/nbformat';
  const notebook: INotebookContent;
  export default notebook;
}
