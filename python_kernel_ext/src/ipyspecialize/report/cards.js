// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the cards of a page say: data out of `report/cards.py` in, spans and words out, no DOM.
 * The bounds and the order are those of the notebook's card, `src/editor/card.ts`;
 * `payload/cases` holds both to them.
 */

/** UTF-16 units of a span's source, and its lines that are looked at. */
const MOST_CODE = 48;
const MOST_LINES = 48;
/** Verdicts on one span; spans that are named around the innermost. */
const MOST_VERDICTS = 4;
const MOST_AROUND = 6;

/**
 * The spans that cards are about, outermost first, and what is said of each.
 *
 * @param data - As `report/cards.py` writes it.
 * @returns Lines from 1, columns in UTF-16 units from 0, ends exclusive; of each of `verdicts`, the
 * loudest first, `said` are texts, the sentence first, and `why` a reason and a fix, if any.
 */
export function readSpans(data) {
  const textsOf = rows => rows.map(row => data.texts[row]);
  const numbers = name => data[name].split(',').map(Number);
  const [lines, columns, pairs, ends] = ['line', 'column', 'lines', 'end'].map(numbers);
  const more = new Map(
    pairs.map((row, at) => [row, pairs[at + 1]]).filter((_, at) => at % 2 === 0)
  );
  let line = 0;
  return data.says.split(',').map((says, row) => {
    const last = more.get(row) ?? 0;
    line += lines[row];
    return {
      line,
      column: columns[row],
      endLine: line + last,
      endColumn: ends[row] + (last === 0 ? columns[row] : 0),
      verdicts: says
        .split('.')
        .map(row => ({ said: textsOf(data.verdicts[row]), why: textsOf(data.whys[row]) }))
    };
  });
}

/** The spans of each line that has some, by its number. */
export function byLine(spans) {
  const found = new Map();
  for (const span of spans) {
    for (let line = span.line; line <= span.endLine; line++) {
      const list = found.get(line);
      if (list === undefined) {
        found.set(line, [span]);
      } else {
        list.push(span);
      }
    }
  }
  return found;
}

/** Those of `spans` that cover a place, innermost first. */
export function covering(spans, line, column) {
  return spans
    .filter(span => line > span.line || column >= span.column)
    .filter(span => line < span.endLine || column < span.endColumn)
    .reverse();
}

/** Whether a site of `span` failed, or fell back: its sentence begins with the glyph of its state. */
export const fails = span => span.verdicts.some(({ said }) => /^[×↓]/.test(said[0]));

/** The text of a span in one line, cut to what fits on a card; `textOf` gives whole lines. */
function excerpt(span, textOf) {
  let code = '';
  let line = span.line;
  for (
    ;
    line <= span.endLine && line < span.line + MOST_LINES && code.length <= MOST_CODE;
    line++
  ) {
    const from = line === span.line ? span.column : 0;
    const to = line === span.endLine ? span.endColumn : Infinity;
    code = joined(code, textOf(line).slice(from, to).trim());
  }
  const isWhole = line > span.endLine && code.length <= MOST_CODE;
  return isWhole ? code : `${code.slice(0, MOST_CODE - 1)}…`;
}

/** `code` and its next `line`, as one would write them in one: no space within a bracket. */
function joined(code, line) {
  const isTight = code === '' || line === '' || /[([{]$/.test(code) || /^[)\]}]/.test(line);
  return `${code}${isTight ? '' : ' '}${line}`;
}

/**
 * What a card says.
 *
 * @param spans - Innermost first, at least one.
 * @param textOf - The text of a line, by its number.
 * @returns `code` and `verdicts` of the innermost: the sentence, the details, why. `more`: what
 * else is said of it. `around`: lines about the code around it. `beyond`: how much more there is.
 * `spoken`: the innermost in one sentence.
 */
export function cardOf([innermost, ...around], textOf) {
  const codeOf = span => excerpt(span, textOf);
  const verdicts = innermost.verdicts.slice(0, MOST_VERDICTS);
  const left = innermost.verdicts.length - MOST_VERDICTS;
  const beyond = around.length - MOST_AROUND;
  const spoken = verdicts.map(({ said: [says, , ...details], why }) =>
    [[says.slice(2), ...details].join(', '), ...why.map(text => text.replace(/\.$/, ''))].join('. ')
  );
  return {
    code: codeOf(innermost),
    verdicts: verdicts.map(({ said: [says, ...details], why }) => [says, details.join(' · '), why]),
    more: left > 0 ? `and ${count(left, 'site')} more` : '',
    around: around.slice(0, MOST_AROUND).map(span => [codeOf(span), span.verdicts[0].said[0]]),
    beyond: beyond > 0 ? `and ${count(beyond, 'expression')} more` : '',
    spoken: `${codeOf(innermost)}: ${spoken.join('; ')}`
  };
}

const count = (n, what) => (n === 1 ? `one ${what}` : `${n} ${what}s`);
