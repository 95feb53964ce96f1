/** What others do, as it happens: each event says what it was about, and the questions about that are asked anew. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { concerns } from './acts.ts';

/** For each kind of subject the paths of the questions that may be answered differently now. */
const touched: Record<string, readonly string[]> = {
  lead: ['/api/leads', '/api/accounts', '/api/today', '/api/handoffs', '/api/ingest'],
  account: ['/api/accounts', '/api/leads'],
  handoff: ['/api/handoffs', '/api/leads', '/api/today', '/api/scorecard', '/api/measures'],
  deal: ['/api/deals', '/api/leads', '/api/today'],
  pact: ['/api/pacts', '/api/today'],
  clause_comment: ['/api/pacts'],
  version: ['/api/pacts', '/api/today', '/api/calendar'],
  message: ['/api/threads', '/api/duties', '/api/today', '/api/leads'],
  thread: ['/api/threads', '/api/duties', '/api/today'],
  member: ['/api/members', '/api/today'],
  // That quarantine grew is said of the workspace.
  workspace: ['/api/workspace', '/api/retention', '/api/quarantine', '/api/ingest'],
  quarantine: ['/api/quarantine', '/api/ingest', '/api/today'],
  import: ['/api/imports'],
  api_key: ['/api/api-keys'],
  write_key: ['/api/write-keys'],
  webhook_endpoint: ['/api/webhooks'],
  backtest: ['/api/pacts', '/api/backtests'],
  review: ['/api/reviews', '/api/today'],
};

type Told = { kind?: string; subject?: string };

/** How long events are gathered before anything is asked, so that a burst is one question. */
const GATHER = 250;

export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => listen(queries), [queries]);
}

function listen(queries: QueryClient): () => void {
  const source = new EventSource('/api/events');
  const subjects = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const renew = (): void => {
    timer = undefined;
    const all = subjects.has('*');
    const paths = [...subjects].flatMap((subject) => touched[subject] ?? [`/api/${subject}s`]);
    paths.push('/api/journal');
    subjects.clear();
    void queries.invalidateQueries({
      predicate: ({ queryKey: [path] }) => all || concerns(paths, String(path)),
    });
  };
  const hear = (subject: string): void => {
    subjects.add(subject);
    timer ??= setTimeout(renew, GATHER);
  };
  const told = ({ data }: MessageEvent<string>): void => {
    const { kind, subject } = JSON.parse(data) as Told;
    hear(kind === 'resync' ? '*' : (subject ?? '*'));
  };
  source.addEventListener('message', told);
  source.addEventListener('resync', () => hear('*'));
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
