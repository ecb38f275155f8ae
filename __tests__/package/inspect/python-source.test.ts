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

test.each([
  ['yield alone', 'def f():\n    yield\n    x = yield\n    g((yield), [(yield)])\n'], ['numbers that end in a dot', 'x = 1. + 2.e5 + 3.j + (4.)\n'],
  ['a with in brackets', 'with (\n    open("a") as f,  # as )\n    open("b") as (g, h),\n):\n    pass\n'], ['a with that binds parts', 'with a() as self.x, b() as (c, d), e() as f[0]:\n    pass\n'],
  ['a match of several', 'match a, b:\n    case _, Point():\n        pass\n    case [], {}:\n        pass\n'], ['a match of a test', 'match not x:\n\n    # why\n    case True: pass\n'],
  ['any decorator', '@a[0].b\n@(lambda f: f)\n@c("x")(y)\ndef f(): pass\n'], ['a decorator over lines', '@a(\n    b, c(1),\n)\ndef f(): pass\n'],
  ['stars in subscripts', 'def f(*args: *Ts) -> tuple[int, *Ts]: pass\nfor x in *a, *b: pass\n[x for a, *x in y]\n'],
  ['defaults of type parameters', 'class A[T = int]: pass\ndef f[T: (int, str) = int](x): pass\ntype X[T = list[int]] = T\n'],
  ['parameters by place in a lambda', 'f = lambda a, /, b: a\ng = lambda a,: a\n'], ['several exceptions', 'try: pass\nexcept A, b.C: pass\n'],
  ['template strings', 'x = t"{y}" + rt\'{z}\' + T"""{a}"""\n'], ['a raw f-string with braces', 'x = rf"(\\{{{y}\\}})"\n'],
  ['a line that goes on into nothing', 'x = "a"\\\n\ny = 1\n'], ['nested f-strings', 'x = f"{a["b"]!r:>{w}} {f"{c}"}"\n'],
])('syntax that the grammar lacks: %s', (_name, source) => {
  const read = readPython(`${source}import a\nhandler = 1\n`)
  expect(read).toMatchObject({ imports: [{ module: 'a', line: source.split('\n').length }], open: false })
  expect(read.defines.has('handler')).toBe(true)
  expect(read.unread).toBeUndefined()
})

test.each([
  ['an open bracket', 'import a\n\nx = (1,\n', 4], ['a colon too few', 'import a\ndef f()\n    pass\n', 2], ['Python 2', 'import a\n\nprint "x"\n', 3], ['a merge', 'x = 1\n<<<<<<< HEAD\n', 2],
  ['a template', 'class {{ name }}:\n    pass\n', 1], ['a wrong indent', 'def f():\n    x = 1\n  y = 2\n', 3],
])('of what is no Python it says where, and nothing else: %s', (_name, source, line) => {
  expect(readPython(source)).toEqual({ asks: [], imports: [], defines: new Set(), open: true, movesPath: true, sets: new Set(['*']), unread: { line, isLong: false } })
})

test('a chain of more terms than the parser takes is nobody\'s mistake', () => {
  expect(readPython(`x = 1${' + 2 * s'.repeat(2000)}\n`)).toMatchObject({ open: true, unread: { isLong: true } })
})

test('break 8: a module of data is read in a time that grows as its size does', () => {
  const rows = Array.from({ length: 30_000 }, (_, index) => `    "key${index}": [${index}, "value (${index})", (1.5, None)],\n`).join('')
  const source = `import a\nDATA = {\n${rows}}\nhandler = 1\n`
  expect(source.length).toBeGreaterThan(1_300_000)
  expect(readPython(source)).toMatchObject({ imports: [{ module: 'a' }], defines: new Set(['a', 'DATA', 'handler']), open: false })
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
    ['with in brackets', 'with (\n  a() as b,\n  c() as (d, handler),\n):\n  pass'], ['a star in a pattern', 'match x:\n    case [_, *handler]: pass'], ['the rest of a pattern', 'match x:\n    case {"a": 1, **handler}: pass'],
    ['a pattern that is one of two', 'match x:\n    case int() | str() as handler: pass'], ['walrus in a call', 'f(handler := 1)'], ['walrus in a comprehension', 'x = [handler := y for y in z]'], ['a starred target', 'a, *handler = x'],
  ])('%s', (_name, source) => {
    expect(readPython(source).defines.has('handler')).toBe(true)
  })

  test.each([
    ['a method', 'class A:\n    def handler(self): pass'], ['a nested function', 'def outer():\n    def handler(): pass'], ['a local', 'def outer():\n    handler = 1'], ['a comparison', 'x == handler'],
    ['a keyword argument', 'make(handler=1)'], ['an attribute', 'app.handler = 1'], ['a comment', '# handler = 1'], ['a string', '"""\nhandler = 1\n"""'], ['imported under another name', 'from core import handler as other'],
    ['another name', 'handlers = 1'], ['an item', 'routes["handler"] = 1'], ['an augmented value', 'total += handler'],
    ['a local on one line', 'def outer(): handler = 1'], ['a keyword argument among others', 'x = make(a, handler=1)'], ['a comparison under a condition', 'if x == handler: pass'], ['a nested key', 'x[a, y[handler]] = 1'],
    ['an annotation alone', 'handler: Handler'], ['a comprehension', 'x = [handler for handler in y]'], ['a walrus in a lambda', 'x = lambda: (handler := 1)'], ['a name in a pattern', 'match x:\n    case handler.A: pass'], ['a key in a pattern', 'match x:\n    case A(handler=1): pass'],
  ])('not by %s', (_name, source) => {
    expect(readPython(source).defines.has('handler')).toBe(false)
  })

  test.each([['a star', 'from core import *'], ['__getattr__', 'def __getattr__(name): pass'], ['an assigned __getattr__', '__getattr__, __dir__, __all__ = lazy.attach(__name__, ["x"])'], ['an imported __getattr__', 'from core import __getattr__'],
    ['globals', 'globals().update(x)'], ['its own entry of sys.modules', 'import sys\nsetattr(sys.modules[__name__], "x", 1)'], ['itself as another module', 'import importlib\nsetattr(importlib.import_module(__name__), "x", 1)'],
  ])('packaging 8: anything, with %s', (_name, source) => {
    expect(readPython(source).open).toBe(true)
  })
})
