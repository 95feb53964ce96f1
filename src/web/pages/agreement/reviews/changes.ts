/** What is asked anew after something was done in a review. */
export const reviewChanges = ['/api/reviews', '/api/pacts', '/api/today'];
