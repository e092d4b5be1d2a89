// SPDX-License-Identifier: BSD-3-Clause

/** MIME type of the payload; see `payload/PAYLOAD.md`. */
export const MIME = 'application/vnd.jupyterlab-specialize.v1+json';

/** MIME type of a warm-up; there, too. */
export const WARM_UP_MIME = 'application/vnd.jupyterlab-specialize.warm-up.v1+json';
