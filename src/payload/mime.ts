// SPDX-License-Identifier: BSD-3-Clause

/** MIME type of the payload; see `payload/PAYLOAD.md`. */
export const MIME = 'application/vnd.jupyterlab-specialize.v1+json';
