/**
 * Activities and deals as they are found in the world, each odd in one way: what a backtest reads of them. The pact
 * makes an MQL of whoever has read the pricing page; leads 1, 2 and 3 came in on the first day of 2026.
 */
import { encoded, gzip } from './bytes.ts';

export type HistoryCase = {
  name: string;
  activities?: string | Uint8Array;
  deals?: string | Uint8Array;
  leads?: string;
  options?: string;
  status: 0 | 1 | 2;
  /** Some of the figures; none when there is no answer. */
  figures: Record<string, unknown> | null;
  /** Parts of what is said on standard error; nothing is said when there are none. */
  says: string[];
};

export const LEADS =
  'id,email,created_at\n1,ada@acme.example,2026-01-01\n2,Bob@Acme.example,2026-01-01\n3,,2026-01-01\n';
/** Lead 1 reads the pricing page on January 10. */
const READ = 'lead,at,type,path\n1,2026-01-10,page,/pricing\n';
const acts = (...lines: string[]): string => `${['lead,at,type,path', ...lines].join('\n')}\n`;
const deals = (...lines: string[]): string => `${['lead,outcome,closed_at,amount', ...lines].join('\n')}\n`;

// biome-ignore format: a table, a line a case
export const historyCases: HistoryCase[] = [
  // Activities
  { name: 'activities by id', activities: acts('1,2026-01-10,page,/pricing', '3,2026-01-11,page,/pricing'), status: 0, figures: { leads: 3, activities: 2, mqls: 2, mqls_by_month: { '2026-01': 2 } }, says: [] },
  { name: 'activities by e-mail, in any case', activities: acts('ADA@acme.example,2026-01-10,page,/pricing', ' bob@acme.example ,2026-01-10,page,/pricing'), status: 0, figures: { activities: 2, mqls: 2 }, says: [] },
  { name: 'activities in another order than time', activities: acts('1,2026-03-01,page,/pricing', '1,2026-01-10,page,/', '1,2026-02-15,page,/pricing'), status: 0, figures: { mqls_by_month: { '2026-02': 1 } }, says: [] },
  { name: 'activities under other headers', activities: 'Timestamp;Event Name;Contact ID;Page Path;PATH\n2026-01-10 09:00;page;1;x;/pricing\n', status: 0, figures: { activities: 1, mqls: 1 }, says: [] },
  { name: 'activities, packed, in UTF-16', activities: gzip(encoded('utf-16le', `\ufeff${READ}`)), status: 0, figures: { mqls: 1 }, says: [] },
  { name: 'activities of nobody', activities: acts('1,2026-01-10,page,/pricing', '9,2026-01-10,page,/pricing', 'eve@x.example,2026-01-10,page,/pricing'), status: 0, figures: { activities: 1, mqls: 1 }, says: ['activities.csv, line 3, column "lead": found "9", wanted a lead of leads.csv', 'activities.csv: 2 rows left out, of leads that are not in the leads file', 'activities.csv.rejects.csv'] },
  { name: 'activities without a lead', activities: acts(',2026-01-10,page,/pricing', '1,2026-01-10,page,/pricing'), status: 1, figures: { activities: 1 }, says: ['line 2, column "lead": found nothing, wanted a lead\'s id or e-mail'] },
  { name: 'activities without an instant', activities: acts('1,,page,/pricing', '1,soon,page,/pricing'), status: 1, figures: { activities: 0, mqls: 0 }, says: ['line 2, column "at": found nothing, wanted a date', 'line 3, column "at": found "soon"'] },
  { name: 'activities without a type', activities: acts('1,2026-01-10,,/pricing'), status: 1, figures: { activities: 0 }, says: ['line 2, column "type": found nothing, wanted what was done'] },
  { name: 'no column for the lead of an activity', activities: 'at,type\n2026-01-10,page\n', status: 1, figures: null, says: ['activities.csv has no column that says whose an activity is; wanted one named lead, lead_id or email, found at, type'] },
  { name: 'no column for the instant of an activity', activities: 'lead,type\n1,page\n', status: 1, figures: null, says: ['activities.csv has no column that says when'] },
  { name: 'no column for the type of an activity', activities: 'lead,at\n1,2026-01-10\n', status: 1, figures: null, says: ['activities.csv has no column that says what was done'] },
  { name: 'activities in milliseconds', activities: acts('1,1768003200000,page,/pricing'), status: 0, figures: { mqls_by_month: { '2026-01': 1 } }, says: [] },
  { name: 'activities before the lead came in', activities: acts('1,2025-12-31,page,/pricing'), leads: 'id,email,created_at\n1,a@b.example,2026-01-02\n', status: 0, figures: { activities: 1, mqls_by_month: { '2025-12': 1 } }, says: [] },
  { name: 'activities after the end', activities: acts('1,2026-07-01,page,/pricing'), status: 0, figures: { activities: 1, mqls: 0 }, says: [] },
  { name: 'activities whose month is another in the zone of the pact', activities: acts('1,2026-02-01T03:00Z,page,/pricing'), status: 0, figures: { mqls_by_month: { '2026-01': 1 } }, says: [] },
  { name: 'activities in a zone of their own', activities: acts('1,2026-01-31 20:00,page,/pricing'), options: '--zone America/Los_Angeles', status: 0, figures: { mqls_by_month: { '2026-01': 1 } }, says: [] },
  { name: 'activities with the month first', activities: acts('1,1/10/2026 9:05 AM,page,/pricing', '1,1/31/2026 9:05 AM,page,/'), status: 0, figures: { mqls_by_month: { '2026-01': 1 } }, says: [] },
  { name: 'properties named as parts of the language', activities: 'lead,at,type,path,__proto__,constructor\n1,2026-01-10,page,/pricing,x,y\n', status: 0, figures: { mqls: 1 }, says: [] },
  { name: 'leads that share an address', leads: 'id,email\n1,x@y.example\n2,X@Y.example\n', activities: acts('x@y.example,2026-01-10,page,/pricing'), status: 0, figures: { leads: 2, mqls: 1 }, says: ['several leads have the address x@y.example; what is said of it counts for the first', 'leads.csv does not say when its leads were created'] },
  { name: 'a lead twice', leads: `${LEADS}1,x@y.example,2026-01-01\n`, activities: READ, status: 1, figures: { leads: 3, mqls: 1 }, says: ['leads.csv, line 5, column "id": found "1", which line 2 has already'] },
  { name: 'two files from standard input', options: '--activities -', leads: LEADS, status: 2, figures: null, says: ['only one file can come from standard input'] },

  // Deals
  { name: 'no deals', activities: READ, status: 0, figures: { deals: { won: 0, lost: 0, open: 0 }, caught: 0, missed: 0, precision: null, precision_interval: null, recall: null, recall_interval: null }, says: [] },
  { name: 'won, lost and open', activities: READ, deals: deals('1,won,2026-02-01,100', '2,lost,2026-02-01,', '3,open,,50'), status: 0, figures: { deals: { won: 1, lost: 1, open: 1 }, caught: 1, missed: 0, precision: 1, recall: 1, amounts: { won: 100, caught: 100 } }, says: [] },
  { name: 'a deal won before the lead was an MQL', activities: READ, deals: deals('1,won,2026-01-09,100'), status: 0, figures: { caught: 0, missed: 1, precision: null, recall: 0 }, says: [] },
  { name: 'a deal won at the instant of the MQL', activities: READ, deals: deals('1,won,2026-01-10,100'), status: 0, figures: { caught: 1, precision: 1 }, says: [] },
  { name: 'a deal won nobody knows when', activities: READ, deals: deals('1,won,,100', '2,won,,'), status: 0, figures: { caught: 1, missed: 1, recall: 0.5 }, says: [] },
  { name: 'several deals of a lead', activities: READ, deals: deals('1,lost,2026-01-05,10', '1,won,2026-03-01,20', '1,won,2026-01-08,30', '2,open,,', '2,lost,2026-02-01,'), status: 0, figures: { deals: { won: 1, lost: 1, open: 0 }, caught: 0, missed: 1, amounts: { won: 50, caught: 0 } }, says: [] },
  { name: 'stages of HubSpot', activities: READ, deals: 'Record ID,Deal Name,Deal Stage,Close Date,Associated Contact,Amount\n9,A,closedwon,2026-02-01 10:00,Ada Byron (ada@acme.example),"$1,234,567"\n8,B, CLOSED LOST ,2026-02-01,Bob (BOB@acme.example),"$2"\n', status: 0, figures: { deals: { won: 1, lost: 1, open: 0 }, amounts: { won: 1234567, caught: 1234567 } }, says: [] },
  { name: 'stages of another pipeline, and words nobody knows', activities: READ, deals: 'lead,Stage,Close Date\n1,Closed Won (Partners),2026-02-01\n2,Handed to partner,2026-02-01\n3,Negotiation/Review,2026-02-01\n', status: 0, figures: { deals: { won: 1, lost: 0, open: 2 } }, says: ['deals.csv: read as open, for want of knowing better: "Handed to partner" (1); --won and --lost say otherwise'] },
  { name: 'words that are said to mean won and lost', activities: READ, deals: 'lead,Stage\n1,46693869\n2,gone\n3,away\n', options: '--won 46693869 --lost gone,away', status: 0, figures: { deals: { won: 1, lost: 2, open: 0 } }, says: [] },
  { name: 'flags of Salesforce', activities: READ, deals: 'Id,ContactId,IsClosed,IsWon,StageName,CloseDate\n006A,1,true,true,Closed Won,2026-02-01\n006B,2,TRUE,FALSE,Closed Lost,2026-02-01\n006C,3,false,false,Prospecting,2026-09-01\n', status: 0, figures: { deals: { won: 1, lost: 1, open: 1 } }, says: [] },
  { name: 'flags of HubSpot', activities: READ, deals: 'Associated Contact IDs,Is Closed Won,Is closed lost\n1;2,true,false\n3,false,true\n', status: 0, figures: { deals: { won: 2, lost: 1, open: 0 } }, says: [] },
  { name: 'a date of winning and nothing else', activities: READ, deals: 'mql_id,seller_id,won_date\n1,s1,26-02-2026 19:58\n2,s2,08-01-2026 20:17\n3,s3,\n', status: 0, figures: { deals: { won: 2, lost: 0, open: 1 }, caught: 1, missed: 1 }, says: [] },
  { name: 'an outcome column that is named', activities: READ, deals: 'lead,Ergebnis\n1,Gewonnen\n2,Verloren\n3,\n', options: '--outcome ergebnis=gewonnen', status: 0, figures: { deals: { won: 1, lost: 1, open: 1 } }, says: [] },
  { name: 'an outcome column that is not there', activities: READ, deals: deals('1,won,,'), options: '--outcome ergebnis', status: 2, figures: null, says: ['--outcome ergebnis: the file has no such column; it has lead, outcome, closed_at, amount'] },
  { name: 'deals of nobody', activities: READ, deals: deals('1,won,,', '9,won,,', '8,lost,,'), status: 0, figures: { deals: { won: 1, lost: 0, open: 0 } }, says: ['deals.csv, line 3, column "lead": found "9", wanted a lead of leads.csv', 'deals.csv: 2 rows left out, of leads that are not in the leads file'] },
  { name: 'deals of nobody, and one that cannot be read', activities: READ, deals: deals('1,won,,', '9,won,,', ',won,,'), status: 1, figures: { deals: { won: 1, lost: 0, open: 0 } }, says: ['deals.csv: 1 row left out', 'line 4, column "lead": found nothing', 'deals.csv: 1 row was rejected'] },
  { name: 'deals that name a contact unknown, and an address known', activities: READ, deals: 'Contact ID,Email,Outcome\n77,ada@acme.example,won\n2,nobody@x.example,lost\n', status: 0, figures: { deals: { won: 1, lost: 1, open: 0 } }, says: [] },
  { name: 'a deal closed on no day', activities: READ, deals: deals('1,won,yesterday,1', '2,won,2026-02-01,1'), status: 1, figures: { deals: { won: 1, lost: 0, open: 0 } }, says: ['deals.csv, line 2, column "closed_at": found "yesterday", wanted a date'] },
  { name: 'amounts with decimal commas', activities: READ, deals: 'lead;outcome;amount\n1;won;"1.234,50"\n2;won;"2,5"\n3;won;€ 1.000\n', status: 0, figures: { amounts: { won: 2237, caught: 1234.5 } }, says: [] },
  { name: 'amounts in every dress', activities: READ, deals: 'lead,outcome,amount\n1,won,"$1,000.50"\n1,won,(500)\n1,won,1200 USD\n1,won,"CHF 1\'000"\n1,won,£ 10\n', status: 0, figures: { amounts: { won: 2710.5, caught: 2710.5 } }, says: [] },
  { name: 'amounts that are none', activities: READ, deals: deals('1,won,2026-02-01,TBD', '2,won,2026-02-01,1e400'), status: 0, figures: { deals: { won: 2, lost: 0, open: 0 }, amounts: { won: 0, caught: 0 } }, says: ['deals.csv: 2 amounts could not be read, such as "TBD"; they count as unknown'] },
  { name: 'no column for the lead of a deal', activities: READ, deals: 'Deal Name,Deal Stage\nA,closedwon\n', status: 1, figures: null, says: ['deals.csv has no column that says whose a deal is; wanted one named lead, lead_id, email or Associated Contact'] },
  { name: 'no column for the outcome of a deal', activities: READ, deals: 'lead,amount\n1,5\n', status: 1, figures: null, says: ['deals.csv has no column that says how a deal ended; wanted one named outcome, Deal Stage, IsWon or won_date, found lead, amount'] },
];
