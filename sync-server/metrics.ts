/**
 * What is counted, for `/metrics`. One registry per server, so that tests can run several in one
 * process.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The part of a structured log that is used here; pino fits. */
export interface Log {
  debug(facts: object, message: string): void
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export type Metrics = ReturnType<typeof openMetrics>

export function openMetrics() {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    commitSeconds: new Histogram({
      name: 'liancang_commit_seconds',
      help: 'From handing changes to the store until they are durable',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    commitFailures: new Counter({
      name: 'liancang_commit_failures_total',
      help: 'Commits that the store refused',
      registers,
    }),
    records: new Counter({
      name: 'liancang_records_total',
      help: 'Records made durable',
      registers,
    }),
    refusals: new Counter({
      name: 'liancang_refusals_total',
      help: 'Updates and documents refused, by reason',
      labelNames: ['reason'] as const,
      registers,
    }),
    faults: new Counter({
      name: 'liancang_faults_total',
      help: 'Exceptions that only a bug can cause, by place',
      labelNames: ['where'] as const,
      registers,
    }),
    sockets: new Gauge({ name: 'liancang_sockets', help: 'Open sync sockets', registers }),
    documents: new Gauge({ name: 'liancang_documents', help: 'Documents in memory', registers }),
  }
}
