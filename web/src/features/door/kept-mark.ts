/** Says without opening the database that doors are kept on this device. */
export const KEPT = "frontrow.door-kept";
