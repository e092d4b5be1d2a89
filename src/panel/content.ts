// SPDX-License-Identifier: BSD-3-Clause
/* What the side panel loads when it is first seen. */
export { Bytecode } from './bytecode';
export { Review } from './review';
