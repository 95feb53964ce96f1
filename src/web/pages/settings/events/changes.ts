/** What is asked anew when events are taken in after all, or given up. */
export const changes = ['/api/quarantine', '/api/ingest', '/api/leads', '/api/today'];
