// SPDX-License-Identifier: BSD-3-Clause
/* The teaching notebooks of notebooks/, without their outputs: who predicts must not see them. */
import type * as nbformat from '@jupyterlab/nbformat';
import fahrenheit from '../../notebooks/01-fahrenheit.ipynb';
import warming from '../../notebooks/02-warming-up.ipynb';
import attributes from '../../notebooks/03-attributes-and-calls.ipynb';
import losing from '../../notebooks/04-losing-it.ipynb';
import cannot from '../../notebooks/05-what-cannot-be-fast.ipynb';
import program from '../../notebooks/06-a-real-program.ipynb';

/** One notebook as it is to be written. */
export type Lesson = {
  /** Name of the file, without a folder. */
  readonly name: string;
  readonly content: nbformat.INotebookContent;
};

/** Every lesson, in its order. */
export const LESSONS: readonly Lesson[] = [
  { name: '01-fahrenheit.ipynb', content: unrun(fahrenheit) },
  { name: '02-warming-up.ipynb', content: unrun(warming) },
  { name: '03-attributes-and-calls.ipynb', content: unrun(attributes) },
  { name: '04-losing-it.ipynb', content: unrun(losing) },
  { name: '05-what-cannot-be-fast.ipynb', content: unrun(cannot) },
  { name: '06-a-real-program.ipynb', content: unrun(program) }
];

function unrun(notebook: nbformat.INotebookContent): nbformat.INotebookContent {
  const cells = notebook.cells.map(cell =>
    cell.cell_type === 'code' ? { ...cell, execution_count: null, outputs: [] } : cell
  );
  return { ...notebook, cells };
}
