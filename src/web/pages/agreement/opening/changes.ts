/** What is asked anew after something was done where each side writes its own. */
export const openingChanges = ['/api/openings', '/api/pacts', '/api/today'];
