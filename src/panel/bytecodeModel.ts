// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the bytecode panel lists. In: a payload, with or without its instructions. Out: functions,
 * and the rows that a choice of open ones and of states leaves. No DOM.
 */
import type { Place } from '../model/place';
import { STATES } from '../model/states';
import type { State } from '../model/states';
import { summaryOfSites } from '../model/summary';
import type { Summary } from '../model/summary';
import type { Code, Instruction, Payload } from '../payload/types';

/** What a row can be filtered by; `neutral`: an instruction of no adaptive family. */
export type Kind = State | 'neutral';

/** Every kind, those that speak loudest first. */
export const KINDS: readonly Kind[] = [...STATES, 'neutral'];

/** Instructions up to which everything is open at first. */
const FEW = 100;

/** One function of the cell, or the statements at its top level together. */
export type Part = {
  /** Names it among the others of its cell. */
  readonly id: string;
  /** Qualified name; null: the top level of the cell. */
  readonly name: string | null;
  /** First line, from 1; null: not in this text. */
  readonly line: number | null;
  /** Of its sites, copies of one counted once. */
  readonly summary: Summary;
  /** By code object and offset; of the sites alone where the payload has no instructions. */
  readonly instructions: readonly Instruction[];
};

/** Name of the code object of a statement at the top level. */
const TOP_LEVEL = '<module>';

/** The functions of a cell, in the order of the payload; those without a row left out. */
export function partsOf(payload: Payload): Part[] {
  const codes = new Map<string, Code[]>();
  const keys = new Map<Code, string>();
  payload.codes.forEach((code, row) => {
    const key = code.name === TOP_LEVEL ? TOP_LEVEL : `${row} ${code.name}`;
    keys.set(code, key);
    codes.set(key, [...(codes.get(key) ?? []), code]);
  });
  const sites = grouped(payload.sites, keys);
  const instructions = grouped(payload.instructions ?? instructionsOf(payload), keys);
  return [...codes].flatMap(([id, [code]]) => {
    const own = instructions.get(id) ?? [];
    return code === undefined || own.length === 0
      ? []
      : [
          {
            id,
            name: code.name === TOP_LEVEL ? null : code.name,
            line: code.line,
            summary: summaryOfSites(sites.get(id) ?? []),
            instructions: own
          }
        ];
  });
}

function grouped<T extends { readonly code: Code }>(
  all: readonly T[],
  keys: ReadonlyMap<Code, string>
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keys.get(one.code) ?? '';
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [one]);
    } else {
      group.push(one);
    }
  }
  return groups;
}

/** The sites of a payload as far as they say what the instructions are. */
function instructionsOf({ sites, spans, codes }: Payload): Instruction[] {
  const order = new Map(codes.map((code, row) => [code, row]));
  return sites
    .map(({ code, offset, span, verdict }) => ({
      code,
      offset,
      op: verdict.op,
      live: verdict.form ?? verdict.op,
      arg: null,
      words: verdict.operator,
      extent: span === null ? null : (spans[span] ?? null),
      verdict
    }))
    .sort((a, b) => (order.get(a.code) ?? 0) - (order.get(b.code) ?? 0) || a.offset - b.offset);
}

/** One row of the list. */
export type Row =
  | { readonly kind: 'part'; readonly part: Part; readonly isOpen: boolean }
  | { readonly kind: 'instruction'; readonly part: Part; readonly instruction: Instruction };

/** What a person chose to see. */
export type Choice = {
  /** Whether the part with this id was opened or closed; absent: as at first. */
  readonly opened: ReadonlyMap<string, boolean>;
  /** What is filtered out. */
  readonly hidden: ReadonlySet<Kind>;
};

/** Rows to be shown, and how many instructions the filter hides, those of closed parts included. */
export type List = { readonly rows: readonly Row[]; readonly hidden: number };

/** The rows that `choice` leaves. */
export function listOf(parts: readonly Part[], { opened, hidden }: Choice): List {
  const total = parts.reduce((sum, { instructions }) => sum + instructions.length, 0);
  let left = 0;
  const rows = parts.flatMap<Row>(part => {
    const isOpen = opened.get(part.id) ?? total <= FEW;
    const shown =
      hidden.size === 0
        ? part.instructions
        : part.instructions.filter(instruction => !hidden.has(kindOf(instruction)));
    left += shown.length;
    const own = shown.map<Row>(instruction => ({ kind: 'instruction', part, instruction }));
    return [{ kind: 'part', part, isOpen }, ...(isOpen ? own : [])];
  });
  return { rows, hidden: total - left };
}

/** What `instruction` is filtered by. */
export function kindOf({ verdict }: Instruction): Kind {
  return verdict?.state ?? 'neutral';
}

/** How many instructions there are of each kind that occurs. */
export function countsOf(parts: readonly Part[]): Map<Kind, number> {
  const found = new Map<Kind, number>();
  for (const { instructions } of parts) {
    for (const instruction of instructions) {
      const kind = kindOf(instruction);
      found.set(kind, (found.get(kind) ?? 0) + 1);
    }
  }
  return new Map(KINDS.flatMap(kind => (found.has(kind) ? [[kind, found.get(kind) ?? 0]] : [])));
}

/**
 * Which of `places` a selection from `from` to `to` means: those inside it, or, where there is
 * none or it is a mere cursor, those of the smallest place around it.
 */
export function chosenBy(places: readonly (Place | null)[], from: number, to: number): number[] {
  const inside = indexesOf(places, place => from < to && from <= place.from && place.to <= to);
  if (inside.length > 0) {
    return inside;
  }
  const around = indexesOf(places, place => place.from <= from && to <= place.to);
  const width = (index: number): number => {
    const place = places[index];
    return place ? place.to - place.from : Infinity;
  };
  const smallest = around.reduce((least, index) => Math.min(least, width(index)), Infinity);
  return around.filter(index => width(index) === smallest);
}

function indexesOf(places: readonly (Place | null)[], holds: (place: Place) => boolean): number[] {
  return places.flatMap((place, index) => (place !== null && holds(place) ? [index] : []));
}
