/** A version of helmet as one number that can be compared: `8.3.0` is 8003000. */
export type VersionNumber = number;

/** The newest helmet this model was checked against: what is assumed where no version is known. */
export const newestHelmet = '8.3.0';

/**
 * Reads `major.minor.patch`; what follows (`-rc.1`) is passed over, missing parts are 0. Answers with the number of
 * `newestHelmet` where the text is no version.
 */
export function versionNumber(version: string): VersionNumber {
	const parts = /^\D{0,2}(\d{1,5})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?/.exec(version);
	if (parts === null) return versionNumber(newestHelmet);
	return Number(parts[1]) * 1_000_000 + Number(parts[2] ?? 0) * 1_000 + Number(parts[3] ?? 0);
}

/** Shorthand for the comparisons of this folder: `since(8, 3)` is the number of 8.3.0. */
export function since(major: number, minor = 0, patch = 0): VersionNumber {
	return major * 1_000_000 + minor * 1_000 + patch;
}
