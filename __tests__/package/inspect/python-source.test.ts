import { describe, expect, test } from '@jest/globals'
import { readPython } from '../../../src/package/inspect/python-source.ts'

const imported = (source: string): string[] => readPython(source).imports.map(({ level, module, names, when, line }) => `${line} ${when} ${'.'.repeat(level)}${module} ${names.join(',')}`.trim())

test.each([
  ['plain', 'import a', ['1 always a']],
  ['several', 'import a.b as c, d', ['1 always a.b', '1 always d']],
  ['from', 'from a.b import c as d, e', ['1 always a.b c,e']],
  ['relative', 'from . import a\nfrom ..b import c\nfrom .x.y import z', ['1 always . a', '2 always ..b c', '3 always .x.y z']],
  ['brackets over lines', 'from a import (\n  b,  # why\n  c,\n)\nimport d', ['1 always a b,c', '5 always d']],
  ['a continued line', 'import a, \\\n  b', ['1 always a', '1 always b']],
  ['two on a line', 'import a; import b', ['1 always a', '1 always b']],
  ['in strings and comments there is none', '"""\nimport a\n"""\nx = "import b"  # import c\ny = \'\'\'\nimport d\'\'\'', []],
  ['inside a function', 'def f():\n    import a\nimport b', ['2 sometimes a', '3 always b']],
  ['inside a condition', 'if x:\n  import a\nelse:\n  import b', ['2 sometimes a', '4 sometimes b']],
  ['tried', 'try:\n    import a\nexcept ImportError:\n    import b', ['2 tried a', '4 tried b']],
  ['suppressed', 'with suppress(ImportError):\n    import a', ['2 tried a']],
  ['for type checkers', 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\nimport b', ['1 always typing TYPE_CHECKING', '3 never a', '4 always b']],
  ['inside a class', 'class A:\n    import a', ['2 always a']],
  ['a bracket in a string', 'x = "("\nimport a', ['2 always a']],
  ['a quote in a comment', "# don't\nimport a", ['2 always a']],
  ['an escaped quote', "x = 'it\\'s'\nimport a", ['2 always a']],
  ['a triple quote with quotes inside', 'x = """a "quoted" \\""" b"""\nimport a', ['2 always a']],
  ['a raw and a formatted string', 'x = r"\\"\ny = f"{z}"\nimport a', ['3 always a']],
  ['Windows lines', 'import a\r\nimport b\r\n', ['1 always a', '2 always b']],
  ['a byte order mark', '\uFEFFimport a', ['1 always a']],
  ['lazily', 'lazy import a\nlazy from b import c\nlazy = 1\nimport d', ['1 sometimes a', '2 sometimes b c', '4 always d']],
  ['tabs', 'def f():\n\timport a\nimport b', ['2 sometimes a', '3 always b']],
  ['a name that begins like the word', 'important = 1\nfromage = 2', []],
])('imports: %s', (_name, source, expected) => {
  expect(imported(source)).toEqual(expected)
})

describe('what a module defines', () => {
  test.each([
    ['def', 'def handler(event, context): pass'], ['async def', 'async def handler(event, context):\n  pass'], ['class', 'class handler: pass'], ['assignment', 'handler = Mangum(app)'],
    ['annotated', 'handler: Handler = make()'], ['chained', 'x = handler = make()'], ['unpacked', 'app, handler = make()'], ['in brackets', '(app, handler) = make()'],
    ['import', 'import handler'], ['from', 'from core import handler'], ['as', 'from core import main as handler'], ['module as', 'import core as handler'], ['in brackets over lines', 'from core import (\n  a,\n  handler,\n)'],
    ['conditional', 'if True:\n    def handler(e, c): pass'], ['tried', 'try:\n    from a import handler\nexcept ImportError:\n    handler = None'], ['decorated', '@decorator\ndef handler(e, c): pass'],
    ['over lines', 'handler = (\n  make()\n)'], ['on one line with try', 'try: from a import handler\nexcept ImportError: handler = None'], ['except', 'try:\n  x()\nexcept E as handler: raise'],
    ['a pattern', 'match x:\n    case [handler, _]: pass'], ['walrus', 'if (handler := make()): pass'], ['global on one line', 'def f(): global handler; handler = 1'], ['with several', 'with a as b, c as handler:\n  pass'],
    ['a loop on one line', 'for x in y: handler = x'], ['beside an item', 'x["a"], handler = f(1), 2'], ['an alias', 'type handler = int'],
  ])('%s', (_name, source) => {
    expect(readPython(source).defines.has('handler')).toBe(true)
  })

  test.each([
    ['a method', 'class A:\n    def handler(self): pass'], ['a nested function', 'def outer():\n    def handler(): pass'], ['a local', 'def outer():\n    handler = 1'], ['a comparison', 'x == handler'],
    ['a keyword argument', 'make(handler=1)'], ['an attribute', 'app.handler = 1'], ['a comment', '# handler = 1'], ['a string', '"""\nhandler = 1\n"""'], ['imported under another name', 'from core import handler as other'],
    ['another name', 'handlers = 1'], ['an item', 'routes["handler"] = 1'], ['an augmented value', 'total += handler'],
    ['a local on one line', 'def outer(): handler = 1'], ['a keyword argument among others', 'x = make(a, handler=1)'], ['a comparison under a condition', 'if x == handler: pass'], ['a nested key', 'x[a, y[handler]] = 1'],
  ])('not by %s', (_name, source) => {
    expect(readPython(source).defines.has('handler')).toBe(false)
  })

  test.each([['a star', 'from core import *'], ['__getattr__', 'def __getattr__(name): pass']])('anything, with %s', (_name, source) => {
    expect(readPython(source).open).toBe(true)
  })
})
