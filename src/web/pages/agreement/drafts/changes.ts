/** What is asked anew after something was done to a draft. */
export const draftChanges = ['/api/pacts', '/api/today'];
