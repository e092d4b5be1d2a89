// SPDX-License-Identifier: BSD-3-Clause
/*
 * A payload as the rest of the code sees it: checked, columns turned into plain records, indices
 * turned into references. Only `read.ts` makes one.
 */
import type { State } from './states';

/** Outcome of reading something from outside: the value, or a code that says why there is none. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Why };

/**
 * Why a bundle could not be read. `not-a-payload`: no version at all. `version`: another version
 * than 1. `damaged`: breaks the schema. `too-large`: over the reader's bounds.
 */
export type Why = 'not-a-payload' | 'version' | 'damaged' | 'too-large';

/** A text, known by what can be compared without having it. */
export type SourceMark = {
  /** UTF-16 units, line ends counted as one. */
  readonly length: number;
  /** CRC-32 of the UTF-8 bytes, unsigned. */
  readonly crc32: number;
};

/** A stretch of source; it may reach beyond the text at hand. */
export type Extent = {
  /** From 1. */
  readonly line: number;
  /** UTF-16 units from 0. */
  readonly column: number;
  /** From 1, not before `line`. */
  readonly endLine: number;
  /** UTF-16 units from 0, exclusive. */
  readonly endColumn: number;
};

/** A stretch of source that sites are answerable for. */
export type Span = Extent & {
  /** Instructions of no adaptive family on this span and on no smaller one. */
  readonly neutral: number;
  /** Level, 0 to 8, of its counterpart in the earlier run; null: new, or not comparable. */
  readonly before: number | null;
};

/** How the cell was when it was shown before. */
export type Before = {
  /** Of that run; null: the kernel does not count. */
  readonly executionCount: number | null;
  /** Sites that were specialized then, and those in a painted state. */
  readonly specialized: number;
  readonly painted: number;
};

/** One code object. */
export type Code = {
  /** Qualified name. */
  readonly name: string;
  /** First line, from 1; null: not in this text. */
  readonly line: number | null;
};

/** A catalogue entry that says why a site is not specialized. */
export type Reason = {
  readonly id: string;
  readonly text: string;
  /** What to change; null: nothing is known that helps. */
  readonly fix: string | null;
};

/** All that is known of a site apart from its place. */
export type Verdict = {
  /** Base opcode: `BINARY_OP`. */
  readonly op: string;
  /** Live specialised opcode: `BINARY_OP_ADD_INT`; null: none. */
  readonly form: string | null;
  /** What its argument stands for: `+`, `not in`; null: nothing, or more than an operator. */
  readonly operator: string | null;
  readonly state: State;
  /** Failed attempts since the site last had a form; null: the bytes do not say. */
  readonly attempts: number | null;
  /** How often the site ran; null: not provable. */
  readonly executions: number | null;
  /** Whether `attempts` and `executions` are proved; else they are lower bounds. */
  readonly exact: boolean;
  /** Guard misses since the last specialization, at least; null: no form. */
  readonly misses: number | null;
  /** At which further execution it is tried, from 1; 0: never again; null: not due, or not known. */
  readonly next: number | null;
  /** Inside a JIT trace. */
  readonly compiled: boolean;
  readonly reason: Reason | null;
};

/** One instruction of an adaptive family. */
export type Site = {
  /** Row in `Payload.spans`; null: no place in the text. */
  readonly span: number | null;
  readonly code: Code;
  /** Bytes from the start of the code object's `co_code`. */
  readonly offset: number;
  readonly verdict: Verdict;
  /** First cache word; null: not asked for. */
  readonly raw: number | null;
};

/** One instruction of any kind, as the compiler wrote it and as it is now. */
export type Instruction = {
  readonly code: Code;
  /** Bytes from the start of the code object's `co_code`. */
  readonly offset: number;
  /** What the compiler wrote. */
  readonly op: string;
  /** What stands there now; the same where nothing has been changed. */
  readonly live: string;
  /** null: it takes none. */
  readonly arg: number | null;
  /** What the argument stands for: a name, a constant, `to 46`; null: the number is all there is. */
  readonly words: string | null;
  /** null: no place in the text. */
  readonly extent: Extent | null;
  /** null: neutral, or a part of another instruction's site. */
  readonly verdict: Verdict | null;
};

/** Sites of another cell's function that changed while this cell ran. */
export type Elsewhere = {
  /** A well-formed id; null: the function's cell cannot be pointed at. */
  readonly cellId: string | null;
  readonly executionCount: number | null;
  readonly function: string;
  readonly sites: number;
};

/** What limits the picture, and what to do about it. */
export type Warning = { readonly id: string; readonly text: string };

/** What one cell asked for; null follows the reader's settings. */
export type Options = {
  readonly mode: 'dark' | 'light' | null;
  readonly palette: 'blue' | 'green' | null;
};

/** Everything known of one cell's run. Numbers are whole, indices resolved, texts plain. */
export type Payload = {
  /** `specialize:<cell id>` or `specialize:<random>`. */
  readonly id: string;
  /** Random per kernel start. */
  readonly session: string;
  /** From 1; grows with each update; compares only within one `session`. */
  readonly revision: number;
  /** `3.11.7`. */
  readonly python: string;
  readonly cellId: string | null;
  /** The run that is shown; null: the kernel does not count. */
  readonly executionCount: number | null;
  /** Execution count of the later run that last changed the picture; null: none, or not known. */
  readonly changedBy: number | null;
  /** null: it was not shown before, or nothing of it can be compared. */
  readonly before: Before | null;
  readonly source: SourceMark;
  readonly options: Options;
  readonly codes: readonly Code[];
  /** None empty, none before line 1; the writer sorts them by start, then longest first. */
  readonly spans: readonly Span[];
  readonly sites: readonly Site[];
  /** All of them, by code object and offset; null: they were not sent along. */
  readonly instructions: readonly Instruction[] | null;
  readonly elsewhere: readonly Elsewhere[];
  readonly warnings: readonly Warning[];
  /** Left out to keep the payload small; null: nothing was. */
  readonly cut: { readonly sites: number; readonly text: string } | null;
};

/** A site that is not what it was after the call before. */
export type WarmUpChange = {
  /** From 2; the list is sorted by it. */
  readonly call: number;
  /** Index in `WarmUp.payload.sites`. */
  readonly site: number;
  /** What is known of the site from this call on. */
  readonly verdict: Verdict;
};

/** A function that was called once at a time, from cold code. */
export type WarmUp = {
  /** Qualified name. */
  readonly function: string;
  /** The call as it was typed. */
  readonly call: string;
  /** Calls that were asked for, and those that were made, from 1. */
  readonly asked: number;
  readonly made: number;
  /** The last call that can be shown, from 1. */
  readonly kept: number;
  /** Class of the exception that left the last call; null: it came back. */
  readonly stopped: string | null;
  /** Source of the function: what the payload's spans lie in. */
  readonly text: string;
  /** Whether counts are those of the call at which a site last changed its form or state. */
  readonly isCoarse: boolean;
  /** As it was after call 1. */
  readonly payload: Payload;
  readonly changes: readonly WarmUpChange[];
};
