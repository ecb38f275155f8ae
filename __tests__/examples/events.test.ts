import { expect, test } from '@jest/globals'
import { call, deployExample, routesOf } from './example.ts'

const keynote = { title: 'Keynote', seats: 500, taken: 431 }
const booking = { id: 'eyJzZWF0cyI6Miwic2Vzc2lvbiI6ImtleW5vdGUifQ', event: 'pycon', session: 'keynote', seats: 2, total: '180 EUR' }

/** A call of every route: the route, the path below the invoke URL, what is sent, and what comes back. */
const calls: readonly (readonly [string, string, unknown, number, unknown])[] = [
  ['GET /events', '/events', undefined, 200, [{ id: 'jazz-night', title: 'Jazz night' }, { id: 'pycon', title: 'PyCon' }]],
  ['GET /events/{id}', '/events/pycon', undefined, 200, { id: 'pycon', title: 'PyCon', venue: 'hall-1', price: 90 }],
  ['GET /events/{id}/sessions', '/events/pycon/sessions', undefined, 200, ['keynote', 'typing']],
  ['GET /events/{id}/sessions/{session}', '/events/pycon/sessions/keynote', undefined, 200, keynote],
  ['GET /venues/{venue}', '/venues/cellar', undefined, 200, { name: 'The cellar', city: 'Bremen' }],
  ['POST /events/{id}/bookings', '/events/pycon/bookings', { session: 'keynote', seats: 2 }, 201, booking],
  ['GET /events/{id}/bookings/{booking}', `/events/pycon/bookings/${booking.id}`, undefined, 200, booking],
  ['PUT /events/{id}/bookings/{booking}', `/events/pycon/bookings/${booking.id}`, { seats: 3 }, 200, expect.objectContaining({ seats: 3, total: '270 EUR' })],
  ['DELETE /events/{id}/bookings/{booking}', `/events/pycon/bookings/${booking.id}`, undefined, 204, ''],
  ['GET /admin/occupancy', '/admin/occupancy', undefined, 200, { 'jazz-night': 20, pycon: 88 }],
  ['GET /admin/events/{id}/occupancy', '/admin/events/pycon/occupancy', undefined, 200, { id: 'pycon', occupancy: 88 }],
  ['ANY /admin/{proxy+}', '/admin/no/such', undefined, 404, expect.objectContaining({ message: 'no report no/such' })],
]

test('events answers on all its routes', async () => {
  await using deployed = await deployExample('events')
  expect(routesOf(deployed.result)).toEqual(calls.map(([route]) => route).sort())
  for (const [route, path, body, status, answer] of calls) {
    const [method = ''] = route.split(' ')
    expect([route, ...(await call(method === 'ANY' ? 'PATCH' : method, `${deployed.url}${path}`, body))]).toEqual([route, status, answer])
  }
})

test('a stage takes its own values', async () => {
  await using deployed = await deployExample('events', { inputs: { stage: 'staging' } })
  const [, made] = await call('POST', `${deployed.url}/events/pycon/bookings`, { session: 'keynote', seats: 2 })
  expect(made).toEqual({ ...booking, total: '180 TEST' })
})
