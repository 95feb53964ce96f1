/**
 * Leads files as they are found in the world, each odd in one way: what is read of it, with which exit status, and
 * what is said. They are scored by a pact that makes an MQL of every lead in Germany.
 */
import { bytes, encoded, gzip, rows, utf8, workbook } from './bytes.ts';

export type LeadsCase = {
  name: string;
  file: string | Uint8Array;
  /** Further options of the call. */
  options?: string;
  /** What the file is called; `leads.csv` when not said. */
  called?: string;
  status: 0 | 1 | 2;
  /** Ids of the leads that are printed, MQLs marked: `1* 2 3*`. */
  leads: string;
  /** Parts of what is said on standard error; nothing is said when there are none. */
  says: string[];
};

const HEADER = 'id,email,country,created_at';
const csv = (...lines: string[]): string => `${[HEADER, ...lines].join('\n')}\n`;
const ADA = '1,ada@acme.example,Germany,2026-01-31';
const BOB = '2,bob@acme.example,France,2026-02-01';
const dated = (...dates: string[]): string =>
  `${['id,country,created_at', ...dates.map((date, i) => `${i + 1},Germany,${date}`)].join('\n')}\n`;
const quotedDates = (...dates: string[]): string => dated(...dates.map((date) => `"${date}"`));

// biome-ignore format: a table, a line a case
export const leadsCases: LeadsCase[] = [
  // Delimiters, line ends, headers
  { name: 'commas', file: csv(ADA, BOB), status: 0, leads: '1* 2', says: [] },
  { name: 'semicolons', file: csv(ADA, BOB).replaceAll(',', ';'), status: 0, leads: '1* 2', says: [] },
  { name: 'semicolons and decimal commas', file: 'id;country;score\n1;Germany;2,5\n2;France;3,5\n', status: 0, leads: '1* 2', says: [] },
  { name: 'tabs', file: csv(ADA, BOB).replaceAll(',', '\t'), status: 0, leads: '1* 2', says: [] },
  { name: 'pipes', file: csv(ADA, BOB).replaceAll(',', '|'), status: 0, leads: '1* 2', says: [] },
  { name: 'commas in quotes, semicolons around', file: 'id;country;note\n1;Germany;"a,b,c,d"\n2;France;"e,f,g,h"\n', status: 0, leads: '1* 2', says: [] },
  { name: 'a delimiter declared as Excel does', file: 'sep=;\nid;country\n1;Germany\n', status: 0, leads: '1*', says: [] },
  { name: 'one column alone', file: 'id\n1\n2\n', status: 0, leads: '1 2', says: ['no column for country'] },
  { name: 'CRLF', file: csv(ADA, BOB).replaceAll('\n', '\r\n'), status: 0, leads: '1* 2', says: [] },
  { name: 'CR alone', file: csv(ADA, BOB).replaceAll('\n', '\r'), status: 0, leads: '1* 2', says: [] },
  { name: 'line ends of every kind', file: `${HEADER}\r\n${ADA}\r${BOB}\n`, status: 0, leads: '1* 2', says: [] },
  { name: 'no line end at the end', file: `${HEADER}\n${ADA}`, status: 0, leads: '1*', says: [] },
  { name: 'empty lines', file: `\n\n${HEADER}\n\n${ADA}\n   \n,,,\n${BOB}\n\n`, status: 0, leads: '1* 2', says: ['4 empty lines were passed over'] },
  { name: 'headers in another case, with spaces', file: 'Record ID,E-Mail,COUNTRY/REGION\n1,a@b.example,Germany\n', status: 0, leads: '1*', says: [] },
  { name: 'headers in quotes', file: '"id","country"\n"1","Germany"\n', status: 0, leads: '1*', says: [] },
  { name: 'headers of the Salesforce API', file: 'Id,MailingCountry,CreatedDate\n00Q1G0,Germany,2026-01-31T08:00:00.000+0000\n', status: 0, leads: '00Q1G0*', says: [] },
  { name: 'headers of a copy made through the HubSpot API', file: 'id,property_country,property_createdate\n7,Germany,2026-01-31 3:15:52\n', status: 0, leads: '7*', says: [] },
  { name: 'no id column', file: 'country\nGermany\nFrance\n', status: 0, leads: '1* 2', says: [] },
  { name: 'an id column that is named', file: 'country,Kundennummer\nGermany,K7\n', options: '--id kundennummer', status: 0, leads: 'K7*', says: [] },
  { name: 'an id column that is not there', file: 'country,nr\nGermany,K7\n', options: '--id kundennummer', status: 2, leads: '', says: ['--id kundennummer: the file has no such column; it has country, nr'] },
  { name: 'an empty column at the end', file: 'id,country,\n1,Germany,\n2,France,\n', status: 0, leads: '1* 2', says: [] },
  { name: 'a delimiter after every row and none after the header', file: 'id,country\n1,Germany,\n2,France,\n', status: 0, leads: '1* 2', says: [] },
  { name: 'a column without a name that is filled', file: ',id,country\n0,1,Germany\n1,2,France\n', status: 0, leads: '1* 2', says: ['column 1 has no name, so it is not read'] },
  { name: 'no file', file: csv(ADA), called: 'other.csv', status: 1, leads: '', says: ['leads.csv: there is no such file'] },

  // Headers that will not do
  { name: 'an empty file', file: '', status: 1, leads: '', says: ['leads.csv is empty; wanted a header row and rows below it'] },
  { name: 'line ends and nothing else', file: '\n\r\n\n', status: 1, leads: '', says: ['leads.csv is empty'] },
  { name: 'a header and no rows', file: `${HEADER}\n`, status: 0, leads: '', says: ['leads.csv has a header and no rows'] },
  { name: 'a header of delimiters', file: ',,,\n1,2,3,4\n', status: 1, leads: '', says: ['where the name of a column was wanted'] },
  { name: 'the same header twice', file: 'id,email,country,email\n1,a,Germany,b\n', status: 1, leads: '', says: ['leads.csv, line 1: columns 2 and 4 are both named "email"; rename one'] },
  { name: 'the same header twice but for case', file: 'id,Email,country,EMAIL\n1,a,Germany,b\n', status: 1, leads: '', says: ['columns 2 and 4 are both named "Email" and "EMAIL"'] },
  { name: 'a quote that opens in the header and never closes', file: 'id,"country\n1,Germany\n', status: 1, leads: '', says: ['leads.csv, line 1: found a quote that is never closed in the header'] },
  { name: 'no header at all', file: '1,ada@acme.example,2026-01-31\n2,bob@acme.example,2026-02-01\n', status: 1, leads: '', says: ['found "1" where the name of a column was wanted'] },
  { name: 'too many columns', file: `${Array.from({ length: 2001 }, (_, i) => `c${i}`).join(',')}\n`, status: 1, leads: '', says: ['found 2001 columns, wanted at most 2000'] },
  { name: 'as many columns as Salesforce gives', file: `id,country,${Array.from({ length: 500 }, (_, i) => `field_${i}__c`).join(',')}\n1,Germany${','.repeat(500)}\n`, status: 0, leads: '1*', says: [] },
  { name: 'a NUL byte in the header', file: 'id,coun\0try\n1,Germany\n', status: 1, leads: '', says: ['the header of column 2 cannot be read'] },
  { name: 'headers named as parts of the language', file: 'id,__proto__,constructor,toString,country\n1,polluted,x,y,Germany\n', status: 0, leads: '1*', says: [] },

  // Rows that cannot be read, amid rows that can
  { name: 'too few cells', file: csv(ADA, '3,x', BOB), status: 1, leads: '1* 2', says: ['leads.csv, line 3: found 2 cells, wanted 4, as the header has', '1 row was rejected', 'leads.csv.rejects.csv'] },
  { name: 'too many cells', file: csv(ADA, '3,x,y,2026-01-01,z', BOB), status: 1, leads: '1* 2', says: ['line 3: found 5 cells, wanted 4'] },
  { name: 'a delimiter too many in one row', file: csv(ADA, '3,Acme, Inc,2026-01-01,', BOB), status: 1, leads: '1* 2', says: ['line 3: found 5 cells'] },
  { name: 'many rows that cannot be read', file: csv(ADA, ...Array.from({ length: 8 }, () => 'x')), status: 1, leads: '1*', says: ['line 3: found 1 cell,', 'line 7:', '… and 3 more', '8 rows were rejected'] },
  { name: 'a quote that is never closed', file: csv(ADA, '3,"x,y,2026-01-01', BOB), status: 1, leads: '1* 2', says: ['leads.csv, line 3, column "email": found a quote that is never closed, wanted a closing quote'] },
  { name: 'a quote that is never closed at the end', file: csv(ADA, BOB, '3,"x'), status: 1, leads: '1* 2', says: ['line 4, column "email": found a quote that is never closed'] },
  { name: 'text after a closing quote', file: csv(ADA, '3,"x"y,Germany,2026-01-01', BOB), status: 1, leads: '1* 2', says: ['line 3, column "email": found "y,Germany,2026-01-01" after a closing quote'] },
  { name: 'quotes in quotes that are not doubled', file: csv(ADA, '3,"the "best" one",Germany,2026-01-01', BOB), status: 1, leads: '1* 2', says: ['a quote inside a quoted cell is written twice'] },
  { name: 'quotes in quotes that are doubled', file: 'id,country,note\n1,Germany,"the ""best"" one"\n', status: 0, leads: '1*', says: [] },
  { name: 'a quote within an unquoted cell', file: 'id,country,note\n1,Germany,5" pipe\n', status: 0, leads: '1*', says: [] },
  { name: 'lines within quotes', file: 'id,note,country\n1,"one\ntwo\r\nthree",Germany\n2,x\n', status: 1, leads: '1*', says: ['leads.csv, line 5: found 2 cells'] },
  { name: 'space after a closing quote', file: 'id,country\n"1" ,"Germany" \n', status: 0, leads: '1*', says: [] },
  { name: 'a NUL byte', file: csv(ADA, '3,x\0y,Germany,2026-01-01', BOB), status: 1, leads: '1* 2', says: ['line 3, column "email": found a NUL byte, wanted text'] },
  { name: 'an empty id', file: csv(ADA, ' ,x,Germany,2026-01-01', BOB), status: 1, leads: '1* 2', says: ['line 3, column "id": found nothing, wanted an id'] },
  { name: 'an id twice', file: csv(ADA, '1,x,France,2026-01-01', BOB), status: 1, leads: '1* 2', says: ['line 3, column "id": found "1", which line 2 has already, wanted an id of its own'] },
  { name: 'row numbers where rows are rejected', file: 'country,city\nGermany,Bonn\nx\nFrance,Metz\n', status: 1, leads: '1* 3', says: ['line 3: found 1 cell'] },
  { name: 'nothing but rows that cannot be read', file: csv('x', 'y'), status: 1, leads: '', says: ['2 rows were rejected'] },
  { name: 'rejected rows in a file that is named', file: csv(ADA, 'x'), options: '--rejects bad.csv', status: 1, leads: '1*', says: ['bad.csv'] },
  { name: 'rejected rows over the file that is read', file: csv(ADA), options: '--rejects leads.csv', status: 2, leads: '', says: ['--rejects leads.csv would overwrite a file that is read'] },

  { name: 'the footer of a Salesforce report', file: '"Id","Country"\n"1","Germany"\n\n"New leads"\n"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n"Confidential Information - Do Not Distribute"\n"Generated By:  Ada Byron  1/29/2026 9:05 PM"\n"Acme"\n', status: 0, leads: '1*', says: ['the footer of a Salesforce report (5 lines) was passed over'] },

  // Cells
  { name: 'a cell of 200,000 characters', file: `id,country,note\n1,Germany,${'x'.repeat(200_000)}\n2,France,"${'y\n'.repeat(100_000)}"\n`, status: 0, leads: '1* 2', says: [] },
  { name: 'a quote that is open for more than a million characters', file: `id,country,note\n1,"Germany,x\n${'2,France,y\n'.repeat(1)}${rows('3,Spain,z', 120_000, () => '').trimEnd()}${'\n'.repeat(1_100_000)}`, status: 1, leads: '2 3', says: ['line 2, column "country": found a quote that is never closed', 'empty lines were passed over'] },
  { name: 'no line end for eight million characters', file: `id,country\n${'x'.repeat(8 * 1024 * 1024 + 1000)}`, status: 1, leads: '', says: ['leads.csv, line 2: no line end within 8 million characters'] },
  { name: 'numbers beyond counting', file: 'id,country,score\n1,Germany,1e400\n2,France,-1e999\n', status: 0, leads: '1* 2', says: [] },
  { name: 'formulas', file: 'id,country\n=1+1,Germany\n@x,France\n', status: 0, leads: '=1+1* @x', says: [] },
  { name: 'control characters that move the cursor', file: 'id,country\n\u001b[2Jx\u0007,Germany,\n1,France\n', status: 1, leads: '1', says: ['line 2: found 3 cells'] },

  // Encodings
  { name: 'UTF-8 with a byte order mark', file: bytes([0xef, 0xbb, 0xbf], csv(ADA)), status: 0, leads: '1*', says: [] },
  { name: 'UTF-8 beyond ASCII', file: 'id,country\nMüller–東京😀,Germany\n', status: 0, leads: 'Müller–東京😀*', says: [] },
  { name: 'UTF-8 cut in a character by chunks', file: rows('id,country', 30_000, (i) => `é東😀${i},France`), status: 0, leads: `${Array.from({ length: 30_000 }, (_, i) => `é東😀${i}`).join(' ')}`, says: [] },
  { name: 'UTF-16, little end first, with a mark', file: encoded('utf-16le', '\ufeffid,country\n1,Germany\nMüller,France\n'), status: 0, leads: '1* Müller', says: [] },
  { name: 'UTF-16, little end first, without a mark', file: encoded('utf-16le', 'id,country\n1,Germany\nMüller,France\n'), status: 0, leads: '1* Müller', says: [] },
  { name: 'UTF-16, big end first, with a mark', file: encoded('utf-16be', '\ufeffid,country\n1,Germany\nMüller,France\n'), status: 0, leads: '1* Müller', says: [] },
  { name: 'UTF-16, big end first, without a mark', file: encoded('utf-16be', 'id\tcountry\n1\tGermany\nMüller\tFrance\n'), status: 0, leads: '1* Müller', says: [] },
  { name: 'UTF-16 with half a surrogate pair', file: encoded('utf-16le', '\ufeffid,country\n1,Germany\n\ud800x,France\n2,France\n'), status: 1, leads: '1* 2', says: ['line 3, column "id": found bytes that do not fit the encoding'] },
  { name: 'UTF-32', file: bytes([0xff, 0xfe, 0, 0], [...encoded('utf-32le', 'id,country\n1,Germany\n')]), status: 0, leads: '1*', says: [] },
  { name: 'Windows-1252', file: encoded('windows-1252', 'id,country\nMüller,Germany\nRené “X” – 5 €,France\n'), status: 0, leads: 'Müller* René “X” – 5 €', says: ['leads.csv is not UTF-8; read as windows-1252 ("Müller")'] },
  { name: 'Windows-1252 after half a megabyte of ASCII', file: Buffer.concat([utf8(rows('id,country', 40_000, (i) => `lead-${i},France`)), encoded('windows-1252', 'Zoë,Germany\n')]), status: 0, leads: `${Array.from({ length: 40_000 }, (_, i) => `lead-${i}`).join(' ')} Zoë*`, says: ['read as windows-1252 ("Zoë")'] },
  { name: 'Windows-1252 by name', file: encoded('windows-1252', 'id,country\nMüller,Germany\n'), options: '--encoding windows-1252', status: 0, leads: 'Müller*', says: [] },
  { name: 'Windows-1250', file: encoded('windows-1250', rows('id,country', 60, (i) => `Łódź Gdańsk Wrocław żółć ${i},Germany`)), options: '--encoding windows-1250', status: 0, leads: Array.from({ length: 60 }, (_, i) => `Łódź Gdańsk Wrocław żółć ${i}*`).join(' '), says: [] },
  { name: 'Shift-JIS', file: encoded('shift_jis', 'id,country\n株式会社日立製作所,Germany\n東京のテスト,France\n'), status: 0, leads: '株式会社日立製作所* 東京のテスト', says: ['read as Shift_JIS'] },
  { name: 'EUC-JP', file: encoded('euc-jp', 'id,country\n株式会社日立製作所のテスト,Germany\n'), options: '--encoding euc-jp', status: 0, leads: '株式会社日立製作所のテスト*', says: [] },
  { name: 'Cyrillic of Windows', file: encoded('windows-1251', 'id,country\nИванов Сергей Петрович,Germany\nОбщество с ограниченной ответственностью,France\n'), status: 0, leads: 'Иванов Сергей Петрович* Общество с ограниченной ответственностью', says: ['read as windows-1251'] },
  { name: 'too little Chinese to tell its encoding', file: encoded('gb18030', 'id,country\n北京科技有限公司,Germany\n'), status: 1, leads: '', says: ['leads.csv is not UTF-8, and', 'name its encoding with --encoding'] },
  { name: 'Chinese, its encoding named', file: encoded('gb18030', 'id,country\n北京科技有限公司,Germany\n'), options: '--encoding gb18030', status: 0, leads: '北京科技有限公司*', says: [] },
  { name: 'an old Mac encoding', file: encoded('macintosh', 'id,country\nMüller Société,Germany\n'), status: 1, leads: '', says: ['it looks like an old Mac or DOS encoding'] },
  { name: 'an encoding that does not exist', file: csv(ADA), options: '--encoding klingon', status: 2, leads: '', says: ['--encoding klingon: no encoding has this name'] },
  { name: 'a broken byte amid UTF-8', file: bytes('id,country\nMüller,Germany\nRené,France\nM', [0xfc], 'ller,France\nZoë,France\nJürgen,France\n'), status: 1, leads: 'Müller* René Zoë Jürgen', says: ['line 4, column "id": found bytes that do not fit the encoding'] },
  { name: 'half a character at the end', file: bytes('id,country\nMüller,Germany\nRené,Franc', [0xc3]), status: 1, leads: 'Müller*', says: ['line 3, column "country": found bytes that do not fit'] },
  { name: 'a surrogate written as UTF-8', file: bytes('id,country\nMüller é è à,Germany\nx', [0xed, 0xa0, 0x80], ',France\n2,France\n'), options: '--encoding utf-8', status: 1, leads: 'Müller é è à* 2', says: ['line 3, column "id": found bytes that do not fit the encoding'] },

  // Packed files and files of other kinds
  { name: 'gzip', file: gzip(csv(ADA, BOB)), status: 0, leads: '1* 2', says: [] },
  { name: 'gzip of several members', file: Buffer.concat([gzip(csv(ADA)), gzip(`${BOB}\n`)]), status: 0, leads: '1* 2', says: [] },
  { name: 'gzip cut short', file: gzip(rows('id,country', 20_000, (i) => `${i}-${(i * 2654435761) % 1000003},France`)).subarray(0, 30_000), status: 1, leads: 'some', says: ['leads.csv is cut short: its gzip stream does not end'] },
  { name: 'gzip that is damaged', file: bytes([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), status: 1, leads: '', says: ['leads.csv is damaged (gzip:'] },
  { name: 'gzip within gzip', file: gzip(gzip(csv(ADA))), status: 1, leads: '', says: ['leads.csv is gzip within gzip; wanted CSV: unpack it first'] },
  { name: 'gzip that unpacks without end', file: gzip(rows('id,country', 1_200, (i) => `${i},${'x'.repeat(60_000)}`)), status: 1, leads: 'some', says: ['unpacks to more than 250 times its size'] },
  { name: 'a workbook', file: workbook(), status: 1, leads: '', says: ['leads.csv is an Excel workbook or the like; wanted CSV: save it as CSV (UTF-8)'] },
  { name: 'an old workbook', file: bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), status: 1, leads: '', says: ['an old Excel workbook'] },
  { name: 'a zip archive', file: bytes([0x50, 0x4b, 3, 4], 'leads.csv'), status: 1, leads: '', says: ['a zip archive; wanted CSV: unpack it first'] },
  { name: 'a PDF', file: '%PDF-1.7\n…', status: 1, leads: '', says: ['is a PDF'] },
  { name: 'a web page', file: '<!DOCTYPE html>\n<html><title>Sign in</title></html>\n', status: 1, leads: '', says: ['is a web page; wanted CSV: was the export a sign-in page?'] },
  { name: 'JSON', file: '[{"id": 1, "country": "Germany"}]\n', status: 1, leads: '', says: ['is JSON; wanted CSV'] },
  { name: 'a file of no text', file: Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3)) % 32)), status: 1, leads: '', says: ['leads.csv is not text; wanted CSV'] },

  // Dates
  { name: 'dates, day first, as one shows', file: dated('01/02/2026', '31/01/2026'), status: 0, leads: '1* 2*', says: [] },
  { name: 'dates, month first, as one shows', file: dated('01/02/2026', '1/31/2026'), status: 0, leads: '1* 2*', says: [] },
  { name: 'dates that nothing tells', file: dated('01/02/2026', '03/04/2026'), status: 1, leads: '', says: ['leads.csv, column "created_at": found dates such as "01/02/2026", and none that tells the day from the month; say --dates dmy or --dates mdy'] },
  { name: 'dates that nothing tells, told', file: dated('01/02/2026', '03/04/2026'), options: '--dates dmy', status: 0, leads: '1* 2*', says: [] },
  { name: 'dates of both orders', file: dated('31/01/2026', '30/01/2026', '01/31/2026', '01/02/2026'), status: 1, leads: '1* 2* 4*', says: ['has the day first in most rows and the month first in some', 'line 4, column "created_at": found "01/31/2026"'] },
  { name: 'dates of both orders, as many of each', file: dated('31/01/2026', '01/31/2026'), status: 1, leads: '', says: ['some dates have the day first and some the month; say --dates'] },
  { name: 'dates that contradict what is said', file: dated('31/01/2026', '01/02/2026'), options: '--dates mdy', status: 1, leads: '2*', says: ['line 2, column "created_at": found "31/01/2026", wanted a date such as 2026-01-31, 01/31/2026', '(this column has the month first)'] },
  { name: 'dates in three styles in one column', file: dated('12/21/2025', '2025-09-29', '2025-10-27T00:00:00Z', '5/27/2026'), status: 0, leads: '1* 2* 3* 4*', says: [] },
  { name: 'the same day and month', file: dated('05/05/2026', '06/06/2025'), status: 0, leads: '1* 2*', says: [] },
  { name: 'dates with dashes and times', file: dated('26-02-2018 19:58', '08-05-2018 20:17'), status: 0, leads: '1* 2*', says: [] },
  { name: 'dates with dots', file: dated('01.02.2026', '3.4.26', '31.12.2025 9:05'), status: 0, leads: '1* 2* 3*', says: [] },
  { name: 'dates in words', file: quotedDates('Oct 13, 2025', '13 October 2025', '13-Oct-25', 'October 13, 2025 9:05 PM'), status: 0, leads: '1* 2* 3* 4*', says: [] },
  { name: 'dates with half days', file: quotedDates('1/29/2026, 12:05 AM', '1/29/2026 9:05 pm'), status: 0, leads: '1* 2*', says: [] },
  { name: 'seconds and milliseconds since 1970', file: dated('1767225600', '1767225600000', '1767225600.25'), status: 0, leads: '1* 2* 3*', says: [] },
  { name: 'dates with every kind of zone', file: dated('2026-01-31T09:30:00Z', '2026-01-31 09:30 UTC', '2026-01-31T09:30:00.000+0000', '2026-01-31T09:30+05:30', '2023-11-11 08:18:16.519000 UTC'), status: 0, leads: '1* 2* 3* 4* 5*', says: [] },
  { name: 'days that do not exist', file: dated('2026-02-30', '31/04/2026', '2026-13-01', '2026-01-31T25:00', '29/02/2024'), status: 1, leads: '5*', says: ['line 2, column "created_at": found "2026-02-30", wanted a date', '4 rows were rejected'] },
  { name: 'dates that are none', file: dated('soon', 'n/a', '2026', '20260131', '2026-01-31'), status: 1, leads: '5*', says: ['found "soon"', '4 rows were rejected'] },
  { name: 'a lead of tomorrow', file: dated('2026-07-01'), status: 0, leads: '1', says: [] },
  { name: 'midnight in a zone', file: dated('2026-06-30 13:00', '2026-06-30 07:00'), options: '--zone America/New_York', status: 0, leads: '1 2*', says: [] },
  { name: 'a zone that does not exist', file: csv(ADA), options: '--zone Mars/Base', status: 2, leads: '', says: ['--zone: found "Mars/Base", wanted the IANA name of a zone'] },
];
