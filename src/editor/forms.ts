// SPDX-License-Identifier: BSD-3-Clause
/*
 * What each specialized form is for, in words that follow "Specialized for".
 * In: the name of a form, the operator of its instruction. Out: words, or null. The views of the
 * kernel half are given the same tables in English: `npm run regenerate`.
 */
import type { IWords } from './translator';

/** The type of both operands, by form: CPython 3.11 to 3.15, Python/specialize.c. */
const OPERANDS: Readonly<Record<string, string>> = {
  BINARY_OP_ADD_INT: 'int',
  BINARY_OP_SUBTRACT_INT: 'int',
  BINARY_OP_MULTIPLY_INT: 'int',
  BINARY_OP_ADD_FLOAT: 'float',
  BINARY_OP_SUBTRACT_FLOAT: 'float',
  BINARY_OP_MULTIPLY_FLOAT: 'float',
  BINARY_OP_ADD_UNICODE: 'str',
  BINARY_OP_INPLACE_ADD_UNICODE: 'str',
  COMPARE_OP_INT: 'int',
  COMPARE_OP_INT_JUMP: 'int',
  COMPARE_OP_FLOAT: 'float',
  COMPARE_OP_FLOAT_JUMP: 'float',
  COMPARE_OP_STR: 'str',
  COMPARE_OP_STR_JUMP: 'str'
};

type Row = readonly [words: (trans: IWords) => string, ...forms: string[]];

/** Words, and the forms that they are for; sources as above. */
const ROWS: readonly Row[] = [
  [trans => trans.__('the two types seen here'), 'BINARY_OP_EXTEND'],
  [
    trans => trans.__('an int index into a list'),
    'BINARY_SUBSCR_LIST_INT',
    'BINARY_OP_SUBSCR_LIST_INT',
    'STORE_SUBSCR_LIST_INT'
  ],
  [
    trans => trans.__('an int index into a tuple'),
    'BINARY_SUBSCR_TUPLE_INT',
    'BINARY_OP_SUBSCR_TUPLE_INT'
  ],
  [
    trans => trans.__('an int index into a str'),
    'BINARY_SUBSCR_STR_INT',
    'BINARY_OP_SUBSCR_STR_INT',
    'BINARY_OP_SUBSCR_USTR_INT'
  ],
  [trans => trans.__('a slice of a list'), 'BINARY_OP_SUBSCR_LIST_SLICE'],
  [
    trans => trans.__('a key of a dict'),
    'BINARY_SUBSCR_DICT',
    'BINARY_OP_SUBSCR_DICT',
    'STORE_SUBSCR_DICT'
  ],
  [
    trans => trans.__('a __getitem__ written in Python'),
    'BINARY_SUBSCR_GETITEM',
    'BINARY_OP_SUBSCR_GETITEM'
  ],
  [trans => trans.__('membership in a dict'), 'CONTAINS_OP_DICT'],
  [trans => trans.__('membership in a set'), 'CONTAINS_OP_SET'],

  [trans => trans.__('a Python function, called with exactly its arguments'), 'CALL_PY_EXACT_ARGS'],
  [trans => trans.__('a Python function with default arguments'), 'CALL_PY_WITH_DEFAULTS'],
  [
    trans => trans.__('a Python method, called with exactly its arguments'),
    'CALL_BOUND_METHOD_EXACT_ARGS'
  ],
  [trans => trans.__('a Python function, called with keywords'), 'CALL_KW_PY'],
  [trans => trans.__('a Python method, called with keywords'), 'CALL_KW_BOUND_METHOD'],
  [trans => trans.__('a Python function, called with * or **'), 'CALL_EX_PY'],
  [trans => trans.__('a class with an __init__ written in Python'), 'CALL_ALLOC_AND_ENTER_INIT'],
  [trans => trans.__('a built-in class'), 'CALL_BUILTIN_CLASS', 'PRECALL_BUILTIN_CLASS'],
  [
    trans => trans.__('a built-in function'),
    'CALL_BUILTIN_FAST',
    'CALL_NO_KW_BUILTIN_FAST',
    'PRECALL_NO_KW_BUILTIN_FAST',
    'CALL_BUILTIN_FAST_WITH_KEYWORDS',
    'PRECALL_BUILTIN_FAST_WITH_KEYWORDS'
  ],
  [
    trans => trans.__('a built-in function of one argument'),
    'CALL_BUILTIN_O',
    'CALL_NO_KW_BUILTIN_O',
    'PRECALL_NO_KW_BUILTIN_O'
  ],
  [
    trans => trans.__('a method of a built-in type'),
    'CALL_METHOD_DESCRIPTOR_FAST',
    'CALL_NO_KW_METHOD_DESCRIPTOR_FAST',
    'PRECALL_NO_KW_METHOD_DESCRIPTOR_FAST',
    'CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS',
    'PRECALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS'
  ],
  [
    trans => trans.__('a method of a built-in type, without arguments'),
    'CALL_METHOD_DESCRIPTOR_NOARGS',
    'CALL_NO_KW_METHOD_DESCRIPTOR_NOARGS',
    'PRECALL_NO_KW_METHOD_DESCRIPTOR_NOARGS'
  ],
  [
    trans => trans.__('a method of a built-in type, with one argument'),
    'CALL_METHOD_DESCRIPTOR_O',
    'CALL_NO_KW_METHOD_DESCRIPTOR_O',
    'PRECALL_NO_KW_METHOD_DESCRIPTOR_O'
  ],
  [trans => trans.__('len()'), 'CALL_LEN', 'CALL_NO_KW_LEN', 'PRECALL_NO_KW_LEN'],
  [
    trans => trans.__('isinstance()'),
    'CALL_ISINSTANCE',
    'CALL_NO_KW_ISINSTANCE',
    'PRECALL_NO_KW_ISINSTANCE'
  ],
  [
    trans => trans.__('list.append()'),
    'CALL_LIST_APPEND',
    'CALL_NO_KW_LIST_APPEND',
    'PRECALL_NO_KW_LIST_APPEND'
  ],
  [
    trans => trans.__('str() of one argument'),
    'CALL_STR_1',
    'CALL_NO_KW_STR_1',
    'PRECALL_NO_KW_STR_1'
  ],
  [
    trans => trans.__('tuple() of one argument'),
    'CALL_TUPLE_1',
    'CALL_NO_KW_TUPLE_1',
    'PRECALL_NO_KW_TUPLE_1'
  ],
  [
    trans => trans.__('type() of one argument'),
    'CALL_TYPE_1',
    'CALL_NO_KW_TYPE_1',
    'PRECALL_NO_KW_TYPE_1'
  ],

  [trans => trans.__('looping over a list'), 'FOR_ITER_LIST'],
  [trans => trans.__('looping over a tuple'), 'FOR_ITER_TUPLE'],
  [trans => trans.__('looping over a range'), 'FOR_ITER_RANGE'],
  [trans => trans.__('looping over a generator'), 'FOR_ITER_GEN'],
  [trans => trans.__('looping by index'), 'FOR_ITER_VIRTUAL', 'GET_ITER_VIRTUAL'],
  [trans => trans.__('an iterator'), 'GET_ITER_SELF'],
  [trans => trans.__('a generator or coroutine'), 'SEND_GEN'],
  [trans => trans.__('an asynchronous generator'), 'SEND_ASYNC_GEN'],
  [trans => trans.__('unpacking a list'), 'UNPACK_SEQUENCE_LIST'],
  [trans => trans.__('unpacking a tuple'), 'UNPACK_SEQUENCE_TUPLE'],
  [trans => trans.__('unpacking a tuple of two'), 'UNPACK_SEQUENCE_TWO_TUPLE'],

  [
    trans => trans.__('an attribute of the instance'),
    'LOAD_ATTR_INSTANCE_VALUE',
    'STORE_ATTR_INSTANCE_VALUE'
  ],
  [
    trans => trans.__("an attribute in the instance's dict"),
    'LOAD_ATTR_WITH_HINT',
    'STORE_ATTR_WITH_HINT'
  ],
  [trans => trans.__('a slot of the instance'), 'LOAD_ATTR_SLOT', 'STORE_ATTR_SLOT'],
  [trans => trans.__('a name in a module'), 'LOAD_ATTR_MODULE', 'LOAD_METHOD_MODULE'],
  [
    trans => trans.__('an attribute of a class'),
    'LOAD_ATTR_CLASS',
    'LOAD_ATTR_CLASS_WITH_METACLASS_CHECK',
    'LOAD_METHOD_CLASS'
  ],
  [
    trans => trans.__('an attribute of the class, read through an instance'),
    'LOAD_ATTR_NONDESCRIPTOR_NO_DICT',
    'LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES'
  ],
  [
    trans => trans.__('a method of the object'),
    'LOAD_ATTR_METHOD_LAZY_DICT',
    'LOAD_ATTR_METHOD_NO_DICT',
    'LOAD_ATTR_METHOD_WITH_VALUES',
    'LOAD_METHOD_NO_DICT',
    'LOAD_METHOD_WITH_DICT',
    'LOAD_METHOD_WITH_VALUES'
  ],
  [trans => trans.__('a property written in Python'), 'LOAD_ATTR_PROPERTY'],
  [trans => trans.__('a __getattribute__ written in Python'), 'LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN'],
  [trans => trans.__('a method through super()'), 'LOAD_SUPER_ATTR_METHOD'],
  [trans => trans.__('an attribute through super()'), 'LOAD_SUPER_ATTR_ATTR'],
  [trans => trans.__('a built-in name'), 'LOAD_GLOBAL_BUILTIN'],
  [trans => trans.__('a global name'), 'LOAD_GLOBAL_MODULE'],

  [trans => trans.__('the truth of a bool'), 'TO_BOOL_BOOL'],
  [trans => trans.__('the truth of an int'), 'TO_BOOL_INT'],
  [trans => trans.__('the truth of a str'), 'TO_BOOL_STR'],
  [trans => trans.__('the truth of a list'), 'TO_BOOL_LIST'],
  [trans => trans.__('the truth of None'), 'TO_BOOL_NONE'],
  [trans => trans.__('an object that is always true'), 'TO_BOOL_ALWAYS_TRUE']
];

const OTHERS = new Map(
  ROWS.flatMap(([words, ...forms]) => forms.map(form => [form, words] as const))
);

/**
 * What `form` is for: `int + int`, `len()`.
 *
 * @param operator - Symbol of its instruction; null: not known.
 * @returns null: a form of another release, or one whose words need the operator.
 */
export function formWords(form: string, operator: string | null, trans: IWords): string | null {
  const type = Object.hasOwn(OPERANDS, form) ? OPERANDS[form] : undefined;
  if (type !== undefined) {
    return operator === null ? null : `${type} ${operator} ${type}`;
  }
  return OTHERS.get(form)?.(trans) ?? null;
}

/** Both tables, as the kernel half's views take them (`forms.json`). */
export function formTables(trans: IWords): Record<'operands' | 'others', Record<string, string>> {
  const others = [...OTHERS].map(([form, words]) => [form, words(trans)] as const);
  return { operands: OPERANDS, others: Object.fromEntries(others) };
}
