/** What changes when somebody says something. */
export const threadChanges = ['/api/threads', '/api/duties', '/api/today', '/api/leads'] as const;
