/** What the chart may span; more days would make bars of less than a pixel on a phone. */
export const ACTIVATION_DAYS = [14, 30, 90] as const;
