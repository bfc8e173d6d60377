/** Says without opening the database that there are tickets on this device. */
export const KEPT = "frontrow.tickets-kept";
