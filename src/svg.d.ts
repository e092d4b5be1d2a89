// SPDX-License-Identifier: BSD-3-Clause
/** The builder turns an imported SVG file into its text. */
declare module '*.svg' {
  const text: string;
  export default text;
}
