// SPDX-License-Identifier: BSD-3-Clause
/** The builder turns an imported notebook into the address of a file (webpack.config.cjs). */
declare module '*.ipynb' {
  const address: string;
  export default address;
}
