// SPDX-License-Identifier: BSD-3-Clause
/* The teaching notebooks of notebooks/: their names, and where the server has them. */
import fahrenheit from '../../notebooks/01-fahrenheit.ipynb';
import warming from '../../notebooks/02-warming-up.ipynb';
import attributes from '../../notebooks/03-attributes-and-calls.ipynb';
import losing from '../../notebooks/04-losing-it.ipynb';
import cannot from '../../notebooks/05-what-cannot-be-fast.ipynb';
import program from '../../notebooks/06-a-real-program.ipynb';
import type { LessonFile } from './fetch';

/** Every lesson, in its order. */
export const LESSONS: readonly LessonFile[] = [
  { name: '01-fahrenheit.ipynb', address: fahrenheit },
  { name: '02-warming-up.ipynb', address: warming },
  { name: '03-attributes-and-calls.ipynb', address: attributes },
  { name: '04-losing-it.ipynb', address: losing },
  { name: '05-what-cannot-be-fast.ipynb', address: cannot },
  { name: '06-a-real-program.ipynb', address: program }
];
