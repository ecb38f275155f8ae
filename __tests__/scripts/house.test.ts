import { expect, test } from '@jest/globals'
import { deadExports } from '../../scripts/house/exports.ts'
import { breaches } from '../../scripts/house/rules.ts'

const file = (path: string, ...imports: string[]) => ({ path, lines: 10, wideLines: [], imports, modules: [] })

test('a house in order gives no breach', () => {
  expect(breaches([file('src/main.ts', 'src/github/event.ts'), file('src/github/event.ts', 'src/errors.ts'), file('src/errors.ts', 'src/change.ts')])).toEqual([])
})

test('imports that point up or sideways', () => {
  expect(breaches([file('src/aws/pace.ts', 'src/plan/apply.ts', 'src/render/lines.ts'), file('src/service/names.ts', 'src/aws/pace.ts')])).toEqual([
    'src/aws/pace.ts: imports up or sideways, src/plan/apply.ts',
    'src/aws/pace.ts: imports up or sideways, src/render/lines.ts',
    'src/service/names.ts: imports up or sideways, src/aws/pace.ts',
  ])
})

test('a room that stands on no floor', () => {
  expect(breaches([file('src/utils/x.ts', 'src/errors.ts')])).toEqual(['src/utils/x.ts: src/utils stands on no floor'])
})

test('a room with an index is entered through it, except from within', () => {
  const sources = [file('src/config/index.ts'), file('src/config/read.ts', 'src/config/lines.ts'), file('src/config/lines.ts')]
  expect(breaches([...sources, file('src/main.ts', 'src/config/index.ts', 'src/config/lines.ts')])).toEqual([
    'src/main.ts: reaches past src/config/index.ts into src/config/lines.ts',
  ])
})

test('circles, also through types', () => {
  expect(breaches([file('src/aws/a.ts', 'src/aws/b.ts'), file('src/aws/b.ts', 'src/aws/c.ts'), file('src/aws/c.ts', 'src/aws/b.ts')])).toEqual([
    'circle: src/aws/b.ts > src/aws/c.ts > src/aws/b.ts',
  ])
})

test('a pure room has no effects', () => {
  const modules = ['node:crypto', 'node:fs', '@actions/core']
  expect(breaches([{ ...file('src/render/plan.ts'), modules }, { ...file('src/github/outputs.ts'), modules }])).toEqual([
    'src/render/plan.ts: src/render is pure, and imports node:fs',
    'src/render/plan.ts: src/render is pure, and imports @actions/core',
  ])
})

test('long files, and local AWS that knows src/', () => {
  expect(breaches([{ path: 'local-aws/main.ts', lines: 221, wideLines: [], imports: ['src/errors.ts'], modules: [] }, file('src/errors.ts')])).toEqual([
    'local-aws/main.ts: 221 lines, the limit is 220',
    'local-aws/main.ts: local AWS imports nothing from src/ (src/errors.ts)',
  ])
})

test('wide lines, each by its number', () => {
  expect(breaches([{ ...file('src/aws/pace.ts'), wideLines: [3, 9] }, { ...file('local-aws/main.ts'), wideLines: [5] }])).toEqual([
    'src/aws/pace.ts:3: more than 140 columns',
    'src/aws/pace.ts:9: more than 140 columns',
    'local-aws/main.ts:5: more than 140 columns',
  ])
})

test('exports that nothing uses: handing one on is no use', () => {
  const texts = [
    { path: 'src/a.ts', text: 'export function used(): void {}\nexport type Dead = string\nexport async function handed(): Promise<void> {}\nexport const own = 1\nuse(own)\n' },
    { path: 'src/index.ts', text: "export { handed } from './a.ts'\nexport { renamed as other } from './b.ts'\n" },
    { path: 'src/b.ts', text: 'export const renamed = 2\nexport class Elsewhere {}\n' },
  ]
  const others = [{ path: 'scripts/c.ts', text: 'used()\nnew Elsewhere()\n' }]
  expect(deadExports(texts, others)).toEqual(['src/a.ts: nothing uses Dead', 'src/a.ts: nothing uses handed'])
  expect(deadExports(texts, [])).toContain('src/b.ts: nothing uses Elsewhere')
})
