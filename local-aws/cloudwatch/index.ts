import type { Service } from '../kernel/service.ts'
import { deleteAlarms, describeAlarms, putCompositeAlarm, putMetricAlarm, setAlarmState } from './alarms.ts'
import { getMetricData } from './stage-metrics.ts'

export { countRequest } from './stage-metrics.ts'

/** CloudWatch: alarms and the metrics of stages, on the virtual clock. Every other call goes to the engine. */
export const service: Service = {
  handlers: {
    PutMetricAlarm: putMetricAlarm,
    PutCompositeAlarm: putCompositeAlarm,
    DescribeAlarms: describeAlarms,
    SetAlarmState: setAlarmState,
    DeleteAlarms: deleteAlarms,
    GetMetricData: getMetricData,
  },
  forwards: true,
}
