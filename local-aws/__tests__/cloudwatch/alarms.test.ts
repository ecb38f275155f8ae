import { CloudWatchClient, DeleteAlarmsCommand, DescribeAlarmsCommand, GetMetricDataCommand, PutCompositeAlarmCommand, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { expect, test } from '@jest/globals'
import { liveApi } from '../invoke/live-api.ts'
import { refusal } from '../support/refusal.ts'
import { freshAccount } from '../../testing.ts'

const onStage = {
  Namespace: 'AWS/ApiGateway', MetricName: '5XXError', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching',
} as const

test('an alarm on a stage turns red with its 5XX answers, by whole minutes of the virtual clock, and green again', async () => {
  const api = await liveApi()
  await api.addFunction('f', 'def handler(event, context):\n    return {"statusCode": 500 if event["path"] == "/bad" else 200}')
  for (const path of ['/good', '/bad']) await api.addProxy(path, 'f', 'GET')
  await api.stage(await api.deploy())
  const { control, client } = api.account
  const watch = new CloudWatchClient(client)
  const ofStage = (stage: string) => [{ Name: 'ApiName', Value: 'live' }, { Name: 'Stage', Value: stage }]
  const Dimensions = ofStage('dev')
  await watch.send(new PutMetricAlarmCommand({ AlarmName: 'red', ...onStage, Dimensions }))
  await watch.send(new PutMetricAlarmCommand({ AlarmName: 'other', ...onStage, Dimensions: ofStage('prod'), TreatMissingData: 'missing' }))
  const states = async () => ((await watch.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? []).map(({ AlarmName, StateValue }) => [AlarmName, StateValue])
  expect(await states()).toEqual([['other', 'INSUFFICIENT_DATA'], ['red', 'OK']])
  const began = new Date((await control.clock()).now)
  await api.call('/good')
  await api.call('/bad')
  expect((await states())[1]).toEqual(['red', 'OK'])
  await control.advance(60_000)
  expect((await states())[1]).toEqual(['red', 'ALARM'])
  const { StateTransitionedTimestamp } = (await watch.send(new DescribeAlarmsCommand({ AlarmNames: ['red'] }))).MetricAlarms?.[0] ?? {}
  expect(StateTransitionedTimestamp?.getTime()).toBeGreaterThan(began.getTime())
  const query = (Id: string, MetricName: string) => ({ Id, MetricStat: { Metric: { Namespace: 'AWS/ApiGateway', MetricName, Dimensions }, Period: 60, Stat: 'Sum' } })
  const { MetricDataResults } = await watch.send(new GetMetricDataCommand({ MetricDataQueries: [query('all', 'Count'), query('bad', '5XXError')], StartTime: new Date(began.getTime() - 60_000), EndTime: new Date(began.getTime() + 60_000) }))
  expect(MetricDataResults?.map(({ Id, Values }) => [Id, Values?.reduce((sum, each) => sum + each, 0)])).toEqual([['all', 2], ['bad', 1]])
  await control.advance(60_000)
  expect((await states())[1]).toEqual(['red', 'OK'])
})

test('a state is set by hand, a composite alarm is shown where its type is asked for, and an unknown alarm is refused', async () => {
  const watch = new CloudWatchClient(freshAccount().client)
  await watch.send(new PutMetricAlarmCommand({ AlarmName: 'a', Namespace: 'Own', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' }))
  await watch.send(new PutCompositeAlarmCommand({ AlarmName: 'c', AlarmRule: 'ALARM(a)' }))
  await watch.send(new SetAlarmStateCommand({ AlarmName: 'a', StateValue: 'ALARM', StateReason: 'test' }))
  await watch.send(new PutMetricAlarmCommand({ AlarmName: 'a', Namespace: 'Own', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 2, ComparisonOperator: 'GreaterThanThreshold' }))
  const named = await watch.send(new DescribeAlarmsCommand({ AlarmNames: ['a', 'c'] }))
  expect([named.MetricAlarms?.map(({ StateValue, Threshold }) => [StateValue, Threshold]), named.CompositeAlarms]).toEqual([[['ALARM', 2]], []])
  const all = await watch.send(new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 1 }))
  expect([all.MetricAlarms?.length, all.CompositeAlarms?.length, all.NextToken]).toEqual([1, 0, '1'])
  expect((await watch.send(new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], NextToken: '1' }))).CompositeAlarms?.length).toBe(1)
  expect((await watch.send(new DescribeAlarmsCommand({ StateValue: 'OK' }))).MetricAlarms).toEqual([])
  expect((await refusal(watch.send(new SetAlarmStateCommand({ AlarmName: 'x', StateValue: 'OK', StateReason: 'test' })))).name).toBe('ResourceNotFound')
  await watch.send(new DeleteAlarmsCommand({ AlarmNames: ['a'] }))
  expect((await watch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([])
})
