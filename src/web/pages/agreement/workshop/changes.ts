/** What is asked anew after something was done in a workshop. */
export const workshopChanges = ['/api/workshops'];
